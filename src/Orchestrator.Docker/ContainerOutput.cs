using System.Buffers.Binary;

namespace Orchestrator.Docker;

/// <summary>
/// What a container without a terminal writes, from the moment of attaching to its end. On the wire each piece has a header of eight bytes: the
/// stream (1 is standard output, 2 standard error), three zeros, and the length, big-endian.
/// </summary>
public sealed class ContainerOutput : IAsyncDisposable
{
    private const int HeaderBytes = 8;
    private const byte Error = 2;
    private const int PieceBytes = 32 * 1024;

    private readonly byte[] _header = new byte[HeaderBytes];
    private readonly byte[] _piece = new byte[PieceBytes];
    private readonly Stream _stream;
    private readonly Uri _endpoint;
    private long _left;

    internal ContainerOutput(Stream stream, Uri endpoint) => (_stream, _endpoint) = (stream, endpoint);

    /// <summary>Not for concurrent use.</summary>
    /// <returns>Null when the container has ended.</returns>
    /// <exception cref="DockerUnreachableException">The conversation broke off, or is not what an engine sends.</exception>
    public async Task<ContainerChunk?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (_left == 0)
            {
                var read = await _stream.ReadAtLeastAsync(_header, HeaderBytes, throwOnEndOfStream: false, cancellationToken);
                if (read < HeaderBytes)
                {
                    return read == 0 ? null : throw new EndOfStreamException("it ended in the middle of a header");
                }

                if (_header[0] > Error || _header[1] != 0 || _header[2] != 0 || _header[3] != 0)
                {
                    throw new IOException("it is not the output of a container");
                }

                _left = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(4));
            }

            var count = await _stream.ReadAsync(_piece.AsMemory(0, (int)Math.Min(_left, PieceBytes)), cancellationToken);
            _left -= count;
            return count > 0 ? new ContainerChunk(_header[0] == Error, _piece.AsMemory(0, count)) : throw new EndOfStreamException("it ended in the middle of a piece");
        }
        catch (IOException exception)
        {
            throw new DockerUnreachableException($"The Docker engine at {_endpoint.OriginalString} broke off the output of a container: {exception.Message}.", exception);
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
