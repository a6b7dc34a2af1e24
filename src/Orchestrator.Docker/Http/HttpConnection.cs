namespace Orchestrator.Docker.Http;

/// <summary>
/// One conversation with the peer: a request, its answer's head, its body, the next request. Not for concurrent use; the
/// <see cref="ConnectionPool"/> sees to that.
/// </summary>
internal sealed class HttpConnection(Stream stream) : IAsyncDisposable
{
    private const int InitialBytes = 16 * 1024;

    private byte[] _buffer = new byte[InitialBytes];
    private int _start;
    private int _end;
    private BodyDecoder _body = new LengthDecoder(0);
    private bool _keepsAlive = true;

    /// <summary>Whether any byte of the answer to the latest request arrived.</summary>
    public bool AnswerBegan { get; private set; }

    /// <summary>Whether the latest answer was read to its end and the peer will take another request.</summary>
    public bool CanBeReused => _keepsAlive && _body.IsComplete && _start == _end;

    private ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <exception cref="IOException">The peer closed the connection or does not speak HTTP.</exception>
    public async Task<ResponseHead> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        _keepsAlive = false;
        AnswerBegan = false;
        await stream.WriteAsync(request, cancellationToken);
        await stream.FlushAsync(cancellationToken);
        var head = await ReadHeadAsync(cancellationToken);
        _keepsAlive = head.KeepsAlive && head.Status >= 200;
        _body = BodyDecoder.For(head);
        return head;
    }

    /// <returns>0 at the end of the body.</returns>
    /// <exception cref="EndOfStreamException">The peer closed the connection before the end of the body.</exception>
    public async ValueTask<int> ReadBodyAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (!_body.IsComplete)
        {
            if (_start == _end && !await FillAsync(cancellationToken))
            {
                return _body.EndsAtClose
                    ? 0
                    : throw new EndOfStreamException("the connection was closed in the middle of an answer");
            }

            var step = _body.Decode(Unread, destination.Length);
            _start += step.Consumed;
            if (step.Data > 0)
            {
                _buffer.AsMemory(_start - step.Data, step.Data).CopyTo(destination);
                return step.Data;
            }
        }

        return 0;
    }

    /// <summary>Hands over the stream after a switch of protocols, with the bytes that arrived behind the head in front.</summary>
    public Stream Detach()
    {
        var leftover = Unread.ToArray();
        _start = _end;
        return leftover.Length == 0 ? stream : new PrefixedStream(leftover, stream);
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async Task<ResponseHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_start < _end && ResponseHeadParser.TryRead(Unread, out var head, out var consumed))
            {
                _start += consumed;
                if (head!.Status is >= 200 or 101)
                {
                    return head;
                }

                continue; // 1xx announces nothing that matters here
            }

            if (!await FillAsync(cancellationToken))
            {
                throw new EndOfStreamException(
                    AnswerBegan ? "the connection was closed in the middle of an answer" : "the connection was closed without an answer");
            }
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            MakeRoom();
        }

        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count;
        AnswerBegan |= count > 0;
        return count > 0;
    }

    private void MakeRoom()
    {
        var length = _end - _start;
        var target = length > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        Buffer.BlockCopy(_buffer, _start, target, 0, length);
        _buffer = target;
        (_start, _end) = (0, length);
    }
}
