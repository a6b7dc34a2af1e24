using System.IO.Pipelines;
using Google.Protobuf;

namespace Orchestrator.BuildKit.Grpc;

/// <summary>Reads the messages of one direction of a call.</summary>
internal sealed class GrpcReader(PipeReader reader)
{
    /// <summary>The next message; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The stream ended inside a message, or the peer broke the framing.</exception>
    public async ValueTask<T?> ReadAsync<T>(MessageParser<T> parser, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (GrpcFrame.TryRead(ref buffer, out var payload))
            {
                try
                {
                    return parser.ParseFrom(payload);
                }
                catch (InvalidProtocolBufferException exception)
                {
                    throw new InvalidDataException("the peer sent a message that is not valid protobuf", exception);
                }
                finally
                {
                    reader.AdvanceTo(buffer.Start);
                }
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return buffer.IsEmpty ? null : throw new InvalidDataException("the peer closed the stream in the middle of a message");
            }
        }
    }
}
