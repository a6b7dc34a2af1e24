using System.IO.Pipelines;
using Google.Protobuf;
using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.Session;

/// <summary>
/// A session's connection inside a call on the control channel: the payloads of its messages, put together, are the raw bytes.
/// The boundaries of messages mean nothing.
/// </summary>
internal sealed class TunnelStream : Stream
{
    private const int MaxChunk = 64 * 1024;

    private readonly GrpcCall _call;
    private readonly DuplexContent _content;
    private readonly PipeWriter _output;
    private ReadOnlyMemory<byte> _pending;
    private bool _ended;

    private TunnelStream(GrpcCall call, DuplexContent content, Stream request)
    {
        _call = call;
        _content = content;
        _output = PipeWriter.Create(request, new StreamPipeWriterOptions(leaveOpen: true));
    }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static async Task<Stream> OpenAsync(
        GrpcChannel channel, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        var content = new DuplexContent();
        var call = await channel.StartDuplexAsync(ControlMethods.Session, content, headers, cancellationToken).ConfigureAwait(false);
        try
        {
            var request = await content.Opened.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new TunnelStream(call, content, request);
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_pending.IsEmpty && !_ended)
        {
            var message = await NextAsync(cancellationToken).ConfigureAwait(false);
            _ended = message is null;
            _pending = message?.Data.Memory ?? ReadOnlyMemory<byte>.Empty;
        }

        var length = Math.Min(buffer.Length, _pending.Length);
        _pending[..length].CopyTo(buffer);
        _pending = _pending[length..];
        return length;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var chunk = buffer[..Math.Min(buffer.Length, MaxChunk)];
            GrpcFrame.Write(_output, new BytesMessage { Data = UnsafeByteOperations.UnsafeWrap(chunk) });
            await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
            buffer = buffer[chunk.Length..];
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous reads.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous writes.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Complete();
            _call.Dispose();
        }

        base.Dispose(disposing);
    }

    // To the server above this is a connection: its loss is an I/O error, whatever the status says.
    private async ValueTask<BytesMessage?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _call.ReadAsync(BytesMessage.Parser, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is GrpcStatusException or BuildKitConnectionException)
        {
            throw new IOException(exception.Message, exception);
        }
    }
}
