namespace Orchestrator.Registry.Http;

/// <summary>
/// How many may do something at the same time. Taken before a request's clock runs: to wait for the others is no silence of the registry.
/// </summary>
#pragma warning disable CA1001 // The semaphore's wait handle is never asked for, so there is nothing to dispose; and a body may be closed after its client.
internal sealed class Places(int count)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _free = new(count);

    /// <returns>Disposed, it gives the place back.</returns>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return new Place(_free);
    }

    private sealed class Place(SemaphoreSlim free) : IDisposable
    {
        private SemaphoreSlim? _free = free;

        public void Dispose() => Interlocked.Exchange(ref _free, null)?.Release();
    }
}
