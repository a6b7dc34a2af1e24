using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Wire;

namespace Orchestrator.BuildKit.Session;

/// <summary>Carries the bytes between a step's ssh client and our agent (buildkit-wire 4.4).</summary>
internal static class SshForwarding
{
    private const string DefaultId = "default";
    private const int BufferSize = 32 * 1024;

    public static async Task<(GrpcStatusCode Code, string Message)> CheckAsync(BuildSession session, ServerWire wire)
    {
        var request = await wire.RequestAsync(CheckAgentRequest.Parser).ConfigureAwait(false);
        var id = request.Id.Length > 0 ? request.Id : DefaultId;
        var agent = await OpenAsync(session, id, wire.Aborted).ConfigureAwait(false);
        if (agent is null)
        {
            return Unknown(id);
        }

        await agent.DisposeAsync().ConfigureAwait(false);
        return await wire.AnswerAsync(new CheckAgentResponse()).ConfigureAwait(false);
    }

    public static async Task<(GrpcStatusCode Code, string Message)> ForwardAsync(IHeaderDictionary metadata, BuildSession session, ServerWire wire)
    {
        var id = metadata["buildkit.ssh.id"] is [{ Length: > 0 } named, ..] ? named : DefaultId;
        if (await OpenAsync(session, id, wire.Aborted).ConfigureAwait(false) is not { } agent)
        {
            return Unknown(id);
        }

        await using (agent.ConfigureAwait(false))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(wire.Aborted);
            var towardsStep = TowardsStepAsync(agent, wire, stop.Token);
            var towardsAgent = TowardsAgentAsync(agent, wire, stop.Token);
            await Task.WhenAny(towardsStep, towardsAgent).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            try
            {
                await Task.WhenAll(towardsStep, towardsAgent).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!wire.Aborted.IsCancellationRequested)
            {
                // One side said goodbye; the other was only told to stop.
            }
        }

        return (GrpcStatusCode.Ok, "");
    }

    private static async Task<Stream?> OpenAsync(BuildSession session, string id, CancellationToken cancellationToken) =>
        session.Options.SshAgent is { } open ? await open(id, cancellationToken).ConfigureAwait(false) : null;

    private static (GrpcStatusCode Code, string Message) Unknown(string id) => (GrpcStatusCode.NotFound, $"no ssh agent is offered under the id '{id}'");

    private static async Task TowardsStepAsync(Stream agent, ServerWire wire, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        while (await agent.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            await wire.WriteMessageAsync(new BytesMessage { Data = ByteString.CopyFrom(buffer, 0, read) }, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task TowardsAgentAsync(Stream agent, ServerWire wire, CancellationToken cancellationToken)
    {
        while (await wire.Input.ReadAsync(BytesMessage.Parser, cancellationToken).ConfigureAwait(false) is { } message)
        {
            await agent.WriteAsync(message.Data.Memory, cancellationToken).ConfigureAwait(false);
            await agent.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
