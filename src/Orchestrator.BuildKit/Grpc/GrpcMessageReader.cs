using System.IO.Pipelines;
using Google.Protobuf;

namespace Orchestrator.BuildKit.Grpc;

/// <summary>Reads the messages of one stream, one after the other. Used on both sides of a call; not for concurrent use.</summary>
internal sealed class GrpcMessageReader(PipeReader input)
{
    /// <summary>The next message, or null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The peer sent something that is not a frame or not such a message.</exception>
    /// <exception cref="IOException">The stream ended in the middle of a message, or the connection broke.</exception>
    public async ValueTask<T?> ReadAsync<T>(MessageParser<T> parser, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (GrpcFrame.TryRead(ref buffer, out var payload))
            {
                var message = Parse(parser, payload);
                input.AdvanceTo(buffer.Start);
                return message;
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCanceled)
            {
                throw new OperationCanceledException(cancellationToken);
            }

            if (result.IsCompleted)
            {
                return buffer.IsEmpty ? null : throw new EndOfStreamException("The stream ended in the middle of a message.");
            }
        }
    }

    private static T Parse<T>(MessageParser<T> parser, System.Buffers.ReadOnlySequence<byte> payload)
        where T : class, IMessage<T>
    {
        try
        {
            return parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new InvalidDataException($"The peer sent something that is not a {typeof(T).Name}: {exception.Message}", exception);
        }
    }
}
