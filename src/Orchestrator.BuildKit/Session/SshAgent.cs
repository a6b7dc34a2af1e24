using Google.Protobuf;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.Session;

/// <summary>Forwards the bytes of an ssh agent's socket. One call per connection that a process in the build opens.</summary>
internal static class SshAgent
{
    private const int ChunkLength = 32 * 1024;

    public static async Task CheckAsync(SessionCall call)
    {
        var request = await call.ReadRequestAsync(CheckAgentRequest.Parser).ConfigureAwait(false);
        await using (await OpenAsync(call, request.ID).ConfigureAwait(false))
        {
            await call.WriteAsync(new CheckAgentResponse(), flush: true, call.Aborted).ConfigureAwait(false);
        }
    }

    public static async Task ForwardAsync(SessionCall call)
    {
        var id = call.Metadata("buildkit.ssh.id") is [var first, ..] ? first : "";
        await using var agent = await OpenAsync(call, id).ConfigureAwait(false);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted);
        var toAgent = ToAgentAsync(call, agent, ended.Token);
        var toDaemon = ToDaemonAsync(call, agent, ended.Token);
        // An agent only ever answers, so the conversation is over when either side has ended it.
        await Task.WhenAny(toAgent, toDaemon).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        try
        {
            await Task.WhenAll(toAgent, toDaemon).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!call.Aborted.IsCancellationRequested)
        {
            // The other direction was stopped by us.
        }
    }

    private static async Task<Stream> OpenAsync(SessionCall call, string id)
    {
        var name = id.Length == 0 ? "default" : id;
        var agent = call.Session.Options.SshAgent is { } open ? await open(name, call.Aborted).ConfigureAwait(false) : null;
        return agent ?? throw new GrpcStatusException(GrpcStatusCode.NotFound, $"unset ssh forward key {name}");
    }

    private static async Task ToAgentAsync(SessionCall call, Stream agent, CancellationToken cancellationToken)
    {
        while (await call.ReadAsync(BytesMessage.Parser, cancellationToken).ConfigureAwait(false) is { } message)
        {
            await agent.WriteAsync(message.Data.Memory, cancellationToken).ConfigureAwait(false);
            await agent.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task ToDaemonAsync(SessionCall call, Stream agent, CancellationToken cancellationToken)
    {
        var buffer = new byte[ChunkLength];
        while (await agent.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var length and > 0)
        {
            var message = new BytesMessage { Data = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, length)) };
            await call.WriteAsync(message, flush: true, cancellationToken).ConfigureAwait(false);
        }
    }
}
