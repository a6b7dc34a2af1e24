using System.IO.Pipelines;

namespace Orchestrator.BuildKit.Grpc;

/// <summary>An open call in which both sides send.</summary>
internal sealed class GrpcDuplexCall(HttpRequestMessage request, HttpResponseMessage response, PipeWriter output) : IDisposable
{
    public PipeWriter Output => output;

    public async Task<PipeReader> OpenInputAsync(CancellationToken cancellationToken) =>
        PipeReader.Create(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));

    public void Dispose()
    {
        output.Complete();
        response.Dispose();
        request.Dispose();
    }
}
