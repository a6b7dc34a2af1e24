using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;

namespace Orchestrator.BuildKit.Grpc;

/// <summary>
/// gRPC's length-prefixed message: one byte "compressed" (always 0 here), four bytes big-endian length, payload. A length of 0 is legal and
/// used (buildkit-wire 2.1).
/// </summary>
internal static class GrpcFrame
{
    public const int HeaderLength = 5;

    /// <summary>What a peer may send in one message; daemons send up to 16 MiB.</summary>
    public const int MaximumMessage = 32 * 1024 * 1024;

    /// <summary>False: more bytes are needed.</summary>
    /// <exception cref="InvalidDataException">The peer compresses or sends more than the limit.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (buffer.Length < HeaderLength)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (header[0] != 0)
        {
            throw new InvalidDataException("the peer sent a compressed gRPC message, which was not offered");
        }

        if (length > MaximumMessage)
        {
            throw new InvalidDataException($"the peer sent a gRPC message of {length} bytes; at most {MaximumMessage} are accepted");
        }

        if (buffer.Length < HeaderLength + length)
        {
            return false;
        }

        payload = buffer.Slice(HeaderLength, length);
        buffer = buffer.Slice(HeaderLength + length);
        return true;
    }

    public static void Write(IBufferWriter<byte> output, IMessage message)
    {
        var length = message.CalculateSize();
        var header = output.GetSpan(HeaderLength);
        header[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], (uint)length);
        output.Advance(HeaderLength);
        message.WriteTo(output);
    }
}
