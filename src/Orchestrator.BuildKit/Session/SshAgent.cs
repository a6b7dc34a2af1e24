using Google.Protobuf;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.Session;

/// <summary>
/// Lets a build use an ssh agent, and only use it: its keys can be listed and sign. Whatever else is asked of it, such as to remove keys, to lock or to load a library, is
/// refused without asking it, as BuildKit's own client does. One call per connection that a process in the build opens.
/// </summary>
internal static class SshAgent
{
    private const int ChunkLength = 32 * 1024;

    /// <summary>SSH_AGENT_FAILURE, a whole message (draft-miller-ssh-agent, 5.1).</summary>
    private static readonly byte[] Refusal = [0, 0, 0, 1, 5];

    /// <summary>Says whether the graph names such an agent. One that does not answer any more is not denied: the builder would go on without it, as if nobody had named one.</summary>
    public static async Task CheckAsync(SessionCall call)
    {
        var request = await call.ReadRequestAsync(CheckAgentRequest.Parser).ConfigureAwait(false);
        try
        {
            await (await OpenAsync(call, request.ID).ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The step that connects to it is told.
        }

        await call.WriteAsync(new CheckAgentResponse(), flush: true, call.Aborted).ConfigureAwait(false);
    }

    /// <summary>Requests are answered in turn: none is passed on before the one before it has its answer, so that a refusal stands where the answer would.</summary>
    public static async Task ForwardAsync(SessionCall call)
    {
        var id = call.Metadata("buildkit.ssh.id") is [var first, ..] ? first : "";
        try
        {
            await using var agent = await OpenAsync(call, id).ConfigureAwait(false);
            await ForwardAsync(call, agent).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException && !call.Aborted.IsCancellationRequested)
        {
            // The affair of the step that asked, which sees its connection end.
            throw new GrpcStatusException(GrpcStatusCode.Unavailable, exception.Message);
        }
    }

    private static async Task ForwardAsync(SessionCall call, Stream agent)
    {
        var requests = new AgentRequests(call);
        while (await requests.NextAsync(call.Aborted).ConfigureAwait(false) is { } request)
        {
            if (!AgentRequests.IsHarmless(request))
            {
                await WriteAsync(call, Refusal).ConfigureAwait(false);
                continue;
            }

            await agent.WriteAsync(request, call.Aborted).ConfigureAwait(false);
            await agent.FlushAsync(call.Aborted).ConfigureAwait(false);
            if (!await AnswerAsync(call, agent).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private static async Task<Stream> OpenAsync(SessionCall call, string id)
    {
        var name = id.Length == 0 ? "default" : id;
        var agent = call.Session.Options.SshAgent is { } open ? await open(name, call.Aborted).ConfigureAwait(false) : null;
        return agent ?? throw new GrpcStatusException(GrpcStatusCode.NotFound, $"unset ssh forward key {name}");
    }

    /// <returns>False when the agent has ended the conversation instead.</returns>
    private static async Task<bool> AnswerAsync(SessionCall call, Stream agent)
    {
        var buffer = new byte[ChunkLength];
        var header = buffer.AsMemory(0, AgentRequests.HeaderLength);
        if (await agent.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, call.Aborted).ConfigureAwait(false) < header.Length)
        {
            return false;
        }

        var remaining = AgentRequests.Length(header.Span);
        await WriteAsync(call, header).ConfigureAwait(false);
        while (remaining > 0)
        {
            var length = await agent.ReadAsync(buffer.AsMemory(0, (int)Math.Min(remaining, buffer.Length)), call.Aborted).ConfigureAwait(false);
            if (length == 0)
            {
                return false;
            }

            remaining -= length;
            await WriteAsync(call, buffer.AsMemory(0, length)).ConfigureAwait(false);
        }

        return true;
    }

    private static ValueTask WriteAsync(SessionCall call, ReadOnlyMemory<byte> bytes) =>
        call.WriteAsync(new BytesMessage { Data = UnsafeByteOperations.UnsafeWrap(bytes) }, flush: true, call.Aborted);
}
