namespace Orchestrator.Registry.Http;

/// <summary>Cancels when nothing has moved for too long. Tells that apart from the caller's own cancellation.</summary>
internal sealed class SilenceTimer : IDisposable
{
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _linked;
    private readonly TimeSpan _limit;

    public SilenceTimer(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _limit = limit;
        _silence = new CancellationTokenSource(limit, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _silence.Token);
    }

    public CancellationToken Token => _linked.Token;

    public bool IsOver => _silence.IsCancellationRequested;

    public void Moved() => _silence.CancelAfter(_limit);

    /// <summary>Until something moves again, it is not the registry that is waited for.</summary>
    public void Pause() => _silence.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _linked.Dispose();
        _silence.Dispose();
    }
}
