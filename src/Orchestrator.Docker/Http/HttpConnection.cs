using System.Globalization;
using System.Text;

namespace Orchestrator.Docker.Http;

/// <summary>
/// One HTTP/1.1 connection, one exchange at a time. Written by hand because <c>HttpClient</c> costs more start-up time than a whole
/// up-to-date build takes, and because it cannot write repeated headers (RFC 9112; buildkit-wire 1.2 and 1.3).
/// </summary>
internal sealed class HttpConnection(Stream stream, string hostHeader) : IDisposable
{
    private const int BufferSize = 16 * 1024;
    private const int MaximumChunkLine = 256;

    private byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;

    /// <summary>Whether the last exchange left the connection ready for the next one.</summary>
    public bool IsReusable { get; private set; } = true;

    public void Dispose() => stream.Dispose();

    public async Task SendAsync(
        string method, string path, IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        IsReusable = false;
        var head = new StringBuilder();
        Append(head, $"{method} {path} HTTP/1.1");
        Append(head, $"Host: {hostHeader}");
        foreach (var (name, value) in headers)
        {
            Append(head, $"{name}: {value}");
        }

        if (method != "GET" || body.Length > 0)
        {
            Append(head, $"Content-Length: {body.Length}");
        }

        Append(head, "");
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.ToString()), cancellationToken).ConfigureAwait(false);
        if (body.Length > 0)
        {
            await stream.WriteAsync(body, cancellationToken).ConfigureAwait(false);
        }

        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="InvalidDataException">The peer does not speak HTTP/1.1.</exception>
    /// <exception cref="EndOfStreamException">The peer closed the connection.</exception>
    public async Task<HttpHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_end > _start && HttpHead.TryRead(_buffer.AsSpan(_start, _end - _start), out var head, out var consumed))
            {
                _start += consumed;
                if (head.StatusCode is 101 or < 100 or >= 200)
                {
                    return head;
                }
            }
            else
            {
                await FillAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Hands each piece of the body to <paramref name="consume"/>; afterwards the connection may serve again.</summary>
    public async Task ReadBodyAsync(HttpHead head, Action<ReadOnlySpan<byte>> consume, CancellationToken cancellationToken)
    {
        if (head.HasNoBody)
        {
        }
        else if (head.IsChunked)
        {
            await ReadChunksAsync(consume, cancellationToken).ConfigureAwait(false);
        }
        else if (head.ContentLength is { } length)
        {
            await ReadExactlyAsync(length, consume, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ReadToEndAsync(consume, cancellationToken).ConfigureAwait(false);
            return;
        }

        IsReusable = !head.ClosesConnection;
    }

    /// <summary>The raw stream after a 101, beginning with what was read too far.</summary>
    public Stream Detach() => _end > _start ? new PrefixedStream(_buffer.AsMemory(_start, _end - _start), stream) : stream;

    private static void Append(StringBuilder head, string line)
    {
        if (line.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            throw new ArgumentException($"A request may not hold a line break: '{line}'");
        }

        head.Append(line).Append("\r\n");
    }

    private async Task ReadChunksAsync(Action<ReadOnlySpan<byte>> consume, CancellationToken cancellationToken)
    {
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            var size = line.Split(';')[0].Trim();
            if (!long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) || length < 0)
            {
                throw new InvalidDataException($"'{line}' is no chunk size");
            }

            if (length == 0)
            {
                while ((await ReadLineAsync(cancellationToken).ConfigureAwait(false)).Length > 0)
                {
                }

                return;
            }

            await ReadExactlyAsync(length, consume, cancellationToken).ConfigureAwait(false);
            if ((await ReadLineAsync(cancellationToken).ConfigureAwait(false)).Length > 0)
            {
                throw new InvalidDataException("a chunk is longer than it says");
            }
        }
    }

    private async Task ReadExactlyAsync(long length, Action<ReadOnlySpan<byte>> consume, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            if (_end == _start)
            {
                await FillAsync(cancellationToken).ConfigureAwait(false);
            }

            var take = (int)Math.Min(length, _end - _start);
            consume(_buffer.AsSpan(_start, take));
            _start += take;
            length -= take;
        }
    }

    private async Task ReadToEndAsync(Action<ReadOnlySpan<byte>> consume, CancellationToken cancellationToken)
    {
        do
        {
            consume(_buffer.AsSpan(_start, _end - _start));
            (_start, _end) = (0, 0);
        }
        while (await TryFillAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (end >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, _start, end);
                _start += end + 2;
                return line;
            }

            if (_end - _start > MaximumChunkLine)
            {
                throw new InvalidDataException("a chunk's size line is too long");
            }

            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (!await TryFillAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new EndOfStreamException("the engine closed the connection");
        }
    }

    private async Task<bool> TryFillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}
