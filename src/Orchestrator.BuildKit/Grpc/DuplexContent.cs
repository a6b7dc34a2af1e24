using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;

namespace Orchestrator.BuildKit.Grpc;

/// <summary>The body of a request that goes on for as long as the call does: what is written to a pipe is sent at once.</summary>
internal sealed class DuplexContent : HttpContent
{
    private readonly Pipe _pipe = new();

    public DuplexContent() => Headers.ContentType = new MediaTypeHeaderValue("application/grpc");

    public PipeWriter Writer => _pipe.Writer;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var result = await _pipe.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            foreach (var segment in result.Buffer)
            {
                await stream.WriteAsync(segment, cancellationToken).ConfigureAwait(false);
            }

            _pipe.Reader.AdvanceTo(result.Buffer.End);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (result.IsCompleted)
            {
                await _pipe.Reader.CompleteAsync().ConfigureAwait(false);
                return;
            }
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
