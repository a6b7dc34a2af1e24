using System.IO.Pipelines;
using Google.Protobuf;
using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Wire;

namespace Orchestrator.BuildKit.Session;

/// <summary>
/// Channel C: the session's bytes inside a <c>Control/Session</c> call. Message boundaries carry no meaning (buildkit-wire 1.4).
/// </summary>
internal sealed class SessionTunnel : Stream
{
    private const int MaximumMessage = 32 * 1024;

    private readonly GrpcDuplexCall _call;
    private readonly GrpcReader _reader;
    private ReadOnlyMemory<byte> _left;

    private SessionTunnel(GrpcDuplexCall call, PipeReader input) => (_call, _reader) = (call, new GrpcReader(input));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static async Task<Stream> OpenAsync(GrpcChannel control, IReadOnlyList<KeyValuePair<string, string>> announcement, CancellationToken cancellationToken)
    {
#pragma warning disable CA1308 // HTTP/2 names are lower case
        var metadata = announcement.Select(pair => new KeyValuePair<string, string>(pair.Key.ToLowerInvariant(), pair.Value)).ToList();
#pragma warning restore CA1308
        var call = await control.DuplexAsync(ControlMethods.Session, metadata, cancellationToken).ConfigureAwait(false);
        return new SessionTunnel(call, await call.OpenInputAsync(cancellationToken).ConfigureAwait(false));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_left.IsEmpty)
        {
            if (await NextAsync(cancellationToken).ConfigureAwait(false) is not { } message)
            {
                return 0;
            }

            _left = message.Data.Memory;
        }

        var take = Math.Min(buffer.Length, _left.Length);
        _left[..take].CopyTo(buffer);
        _left = _left[take..];
        return take;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var take = buffer[..Math.Min(buffer.Length, MaximumMessage)];
            GrpcFrame.Write(_call.Output, new BytesMessage { Data = UnsafeByteOperations.UnsafeWrap(take) });
            buffer = buffer[take.Length..];
        }

        await _call.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("the tunnel is read asynchronously");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("the tunnel is written asynchronously");

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _call.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<BytesMessage?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadAsync(BytesMessage.Parser, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is InvalidDataException or HttpRequestException)
        {
            throw new IOException(exception.Message, exception);
        }
    }
}
