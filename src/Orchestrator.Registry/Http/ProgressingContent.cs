using System.Net;
using System.Net.Http.Headers;

namespace Orchestrator.Registry.Http;

/// <summary>
/// A body of known length that is read while it is sent, and says so with each piece. A failure of the place that it comes from is kept, so that
/// the registry it goes to is not blamed.
/// </summary>
internal sealed class ProgressingContent : HttpContent
{
    private const int PieceBytes = 128 * 1024;

    private readonly Func<CancellationToken, Task<Stream>> _open;
    private readonly long _length;

    public ProgressingContent(Func<CancellationToken, Task<Stream>> open, long length, string mediaType)
    {
        _open = open;
        _length = length;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        Headers.ContentLength = length;
    }

    /// <summary>Set while it is sent: called with the number of bytes that went out.</summary>
    public Action<long>? Moved { get; set; }

    /// <summary>Set while it is sent: called before each wait for the place that it comes from, which has a clock of its own.</summary>
    public Action? Waits { get; set; }

    /// <summary>Set while it is sent: called after each such wait.</summary>
    public Action? Goes { get; set; }

    public Exception? SourceFailure { get; private set; }

    public static ProgressingContent Of(ReadOnlyMemory<byte> bytes, string mediaType) =>
        new(_ => Task.FromResult<Stream>(new MemoryStream(bytes.ToArray(), writable: false)), bytes.Length, mediaType);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[(int)Math.Min(PieceBytes, Math.Max(1, _length))];
        await using var source = await FromSourceAsync(() => _open(cancellationToken));
        var left = _length;
        while (left > 0)
        {
            var piece = buffer.AsMemory(0, (int)Math.Min(buffer.Length, left));
            var count = await FromSourceAsync(() => source.ReadAsync(piece, cancellationToken).AsTask());
            if (count == 0)
            {
                throw SourceFailure = new EndOfStreamException($"what is uploaded ended {left} bytes too early");
            }

            left -= count;
            if (left == 0)
            {
                // A source that checks itself does so with its last byte: what is wrong never arrives whole.
                await FromSourceAsync(() => source.ReadAsync(new byte[1], cancellationToken).AsTask());
            }

            await stream.WriteAsync(piece[..count], cancellationToken);
            Moved?.Invoke(count);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    private async Task<T> FromSourceAsync<T>(Func<Task<T>> read)
    {
        Waits?.Invoke();
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            SourceFailure = exception;
            throw;
        }
        finally
        {
            Goes?.Invoke();
        }
    }
}
