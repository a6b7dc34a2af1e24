using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Orchestrator.BuildKit.Session;

/// <summary>
/// A stream that was opened by us and is served as if it had been accepted. One per session; the session travels as a feature of the connection,
/// which is how a call knows where it belongs.
/// </summary>
internal sealed class PushedConnection : ConnectionContext, IDuplexPipe
{
    private readonly Stream _stream;
    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _aborted;

    public PushedConnection(string id, Stream stream)
    {
        _stream = stream;
        ConnectionId = id;
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        Transport = this;
        ConnectionClosed = _closed.Token;
        LocalEndPoint = RemoteEndPoint = SessionEndPoint.Instance;
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public Task Completed => _completed.Task;

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    public override CancellationToken ConnectionClosed { get; set; }

    public override EndPoint? LocalEndPoint { get; set; }

    public override EndPoint? RemoteEndPoint { get; set; }

    public override void Abort() => Abort(new ConnectionAbortedException("The session was closed."));

    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (Interlocked.Exchange(ref _aborted, 1) == 0)
        {
            _stream.Dispose();
            _ = _closed.CancelAsync();
        }
    }

    /// <summary>Called by the server when it has finished with the connection.</summary>
    public override async ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _aborted, 1);
        await _stream.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
        _completed.TrySetResult();
    }
}
