using System.Buffers.Binary;
using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.Session;

/// <summary>
/// What a process in the build asks of an ssh agent, message by message: four bytes length in network order, then as many bytes, the first of which is the kind
/// (draft-miller-ssh-agent, 3). The calls' own messages cut this anywhere.
/// </summary>
internal sealed class AgentRequests(SessionCall call)
{
    public const int HeaderLength = sizeof(uint);

    /// <summary>As in OpenSSH (AGENT_MAX_LEN).</summary>
    public const int MaxLength = 256 * 1024;

    private const byte ListKeys = 11;
    private const byte Sign = 13;

    private ReadOnlyMemory<byte> _pending;

    /// <summary>The next request as it came, its length in front; null at the end.</summary>
    /// <exception cref="InvalidDataException">It announces more than any agent takes.</exception>
    /// <exception cref="IOException">It ends in the middle of a request.</exception>
    public async Task<byte[]?> NextAsync(CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        if (!await FillAsync(header, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var length = Length(header);
        if (length > MaxLength)
        {
            throw new InvalidDataException($"A request of {length} bytes was announced to the ssh agent; at most {MaxLength} are accepted.");
        }

        var request = new byte[HeaderLength + (int)length];
        header.CopyTo(request, 0);
        return await FillAsync(request.AsMemory(HeaderLength), cancellationToken).ConfigureAwait(false) ? request : throw Broken();
    }

    /// <summary>It asks for the list of keys or for a signature.</summary>
    public static bool IsHarmless(ReadOnlySpan<byte> request) => request.Length > HeaderLength && request[HeaderLength] is ListKeys or Sign;

    /// <summary>What a message announces, without the four bytes that say it.</summary>
    public static long Length(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt32BigEndian(message);

    /// <returns>False at the end of the stream, before the first byte.</returns>
    private async Task<bool> FillAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < destination.Length)
        {
            if (_pending.IsEmpty)
            {
                if (await call.ReadAsync(BytesMessage.Parser, cancellationToken).ConfigureAwait(false) is not { } message)
                {
                    return filled == 0 ? false : throw Broken();
                }

                _pending = message.Data.Memory;
            }

            var length = Math.Min(_pending.Length, destination.Length - filled);
            _pending[..length].CopyTo(destination[filled..]);
            _pending = _pending[length..];
            filled += length;
        }

        return true;
    }

    private static EndOfStreamException Broken() => new("The stream ended in the middle of a request to the ssh agent.");
}
