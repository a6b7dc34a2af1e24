using Google.Protobuf;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.Session;

/// <summary>Secrets by id. NOT_FOUND is an answer too: the daemon decides whether the secret was required.</summary>
internal static class Secrets
{
    public static async Task AnswerAsync(SessionCall call)
    {
        var request = await call.ReadRequestAsync(GetSecretRequest.Parser).ConfigureAwait(false);
        var data = call.Session.Options.Secrets is { } find ? await find(request.ID, call.Aborted).ConfigureAwait(false) : null;
        if (data is null)
        {
            throw new GrpcStatusException(GrpcStatusCode.NotFound, $"secret {request.ID} not found");
        }

        await call.WriteAsync(new GetSecretResponse { Data = UnsafeByteOperations.UnsafeWrap(data) }, flush: true, call.Aborted).ConfigureAwait(false);
    }
}
