using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Wire;

namespace Orchestrator.BuildKit.Session;

/// <summary>Both directions of one call that the daemon makes; writes one message at a time.</summary>
internal sealed class ServerWire(HttpContext context) : IPacketWriter, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly BuildSession _session = context.Features.Get<BuildSession>()!;

    public GrpcReader Input { get; } = new(context.Request.BodyReader);

    public CancellationToken Aborted => context.RequestAborted;

    public void Dispose() => _turn.Dispose();

    public async Task<T> RequestAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T> =>
        await Input.ReadAsync(parser, Aborted).ConfigureAwait(false) ?? throw new InvalidDataException("the daemon made a call without a request");

    public async Task<(GrpcStatusCode Code, string Message)> AnswerAsync(IMessage message)
    {
        await WriteMessageAsync(message, Aborted).ConfigureAwait(false);
        return (GrpcStatusCode.Ok, "");
    }

    public ValueTask WriteAsync(Packet packet, CancellationToken cancellationToken)
    {
        _session.Count(packet.Data.Length);
        return WriteMessageAsync(packet, cancellationToken);
    }

    public async ValueTask WriteMessageAsync(IMessage message, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            GrpcFrame.Write(context.Response.BodyWriter, message);
            await context.Response.BodyWriter.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
