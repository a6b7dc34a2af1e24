using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Orchestrator.BuildKit.Session;

/// <summary>
/// A hijacked stream as a connection that Kestrel can serve: a pipe pair with two pumps. The pumps end when either side does, and the stream
/// is closed once.
/// </summary>
internal sealed class StreamConnection : ConnectionContext
{
    private readonly Stream _stream;
    private readonly CancellationTokenSource _closed = new();
    private readonly IDuplexPipe _application;
    private readonly Task _pumps;
    private int _disposed;

    public StreamConnection(Stream stream, BuildSession session)
    {
        _stream = stream;
        ConnectionId = session.Id;
        ConnectionClosed = _closed.Token;
        Features.Set(session);
        var options = new PipeOptions(pauseWriterThreshold: 1024 * 1024, resumeWriterThreshold: 512 * 1024, useSynchronizationContext: false);
        var (input, output) = (new Pipe(options), new Pipe(options));
        Transport = new Duplex(input.Reader, output.Writer);
        _application = new Duplex(output.Reader, input.Writer);
        _pumps = Task.WhenAll(ReceiveAsync(), SendAsync());
    }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    public override void Abort(ConnectionAbortedException abortReason) => _closed.Cancel();

    public override async ValueTask DisposeAsync()
    {
        // Both the session's owner and Kestrel dispose; Kestrel may even abort afterwards, so the token source is left to the collector.
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _closed.CancelAsync().ConfigureAwait(false);
            await _stream.DisposeAsync().ConfigureAwait(false);
            await _pumps.ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ReceiveAsync()
    {
        Exception? reason = null;
        try
        {
            int read;
            do
            {
                read = await _stream.ReadAsync(_application.Output.GetMemory(), _closed.Token).ConfigureAwait(false);
                _application.Output.Advance(read);
            }
            while (read > 0 && !(await _application.Output.FlushAsync(_closed.Token).ConfigureAwait(false)).IsCompleted);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            reason = exception is IOException ? exception : null;
        }

        await _application.Output.CompleteAsync(reason).ConfigureAwait(false);
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                var result = await _application.Input.ReadAsync(_closed.Token).ConfigureAwait(false);
                foreach (var segment in result.Buffer)
                {
                    await _stream.WriteAsync(segment, _closed.Token).ConfigureAwait(false);
                }

                await _stream.FlushAsync(_closed.Token).ConfigureAwait(false);
                _application.Input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The peer is gone or the session ends; the reader of the other direction learns it by itself.
        }

        await _application.Input.CompleteAsync().ConfigureAwait(false);
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
