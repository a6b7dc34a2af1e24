using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;

namespace Orchestrator.BuildKit.Grpc;

/// <summary>
/// A message on a gRPC stream: one byte "compressed" (always 0 here), four bytes length in network order, payload.
/// A length of 0 is legal and used.
/// </summary>
internal static class GrpcFrame
{
    public const int HeaderLength = 5;

    /// <summary>The daemon sends up to 16 MiB; older ones have no limit of their own.</summary>
    public const int MaxMessageLength = 64 * 1024 * 1024;

    /// <summary>Takes one message off the front of the buffer; false means that more bytes are needed.</summary>
    /// <exception cref="InvalidDataException">The peer sent something that is not a frame.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (buffer.Length < HeaderLength)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        if (header[0] != 0)
        {
            throw new InvalidDataException("The peer sent a compressed message although no compression was offered.");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > MaxMessageLength)
        {
            throw new InvalidDataException($"The peer announced a message of {length} bytes; at most {MaxMessageLength} are accepted.");
        }

        if (buffer.Length < HeaderLength + length)
        {
            return false;
        }

        message = buffer.Slice(HeaderLength, length);
        buffer = buffer.Slice(HeaderLength + length);
        return true;
    }

    public static void Write(IBufferWriter<byte> output, IMessage message)
    {
        var header = output.GetSpan(HeaderLength);
        header[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], (uint)message.CalculateSize());
        output.Advance(HeaderLength);
        message.WriteTo(output);
    }

    public static byte[] ToArray(IMessage message)
    {
        var output = new ArrayBufferWriter<byte>(HeaderLength + message.CalculateSize());
        Write(output, message);
        return output.WrittenSpan.ToArray();
    }
}
