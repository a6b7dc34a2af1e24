using System.Runtime.ExceptionServices;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>Runs tasks that belong together: the first failure stops the others and is kept; what they say then is a consequence.</summary>
internal sealed class FirstFailure(CancellationTokenSource stop)
{
    private ExceptionDispatchInfo? _first;

    public Exception? Exception => _first?.SourceException;

    public void Throw() => _first?.Throw();

    public async Task WatchAsync(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Nothing is lost: the caller throws it when all have ended.
            Interlocked.CompareExchange(ref _first, ExceptionDispatchInfo.Capture(exception), null);
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }
}
