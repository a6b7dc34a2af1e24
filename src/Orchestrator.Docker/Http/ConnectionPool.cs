namespace Orchestrator.Docker.Http;

/// <summary>Keeps connections for the next request and bounds how many there are at a time.</summary>
internal sealed class ConnectionPool(Func<CancellationToken, Task<Stream>> connectAsync, int limit) : IAsyncDisposable
{
    private readonly SemaphoreSlim _slots = new(limit, limit);
    private readonly Stack<HttpConnection> _idle = new();
    private readonly Lock _lock = new();
    private bool _disposed;

    /// <summary>Waits for a slot. Every lease is given back with <see cref="ReturnAsync"/>.</summary>
    public async Task<ConnectionLease> RentAsync(CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            return TakeIdle() is { } idle
                ? new ConnectionLease(idle, IsFresh: false)
                : new ConnectionLease(new HttpConnection(await connectAsync(cancellationToken)), IsFresh: true);
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    /// <summary>Replaces a connection that turned out to be closed, in the same slot.</summary>
    public async Task<ConnectionLease> RenewAsync(ConnectionLease lease, CancellationToken cancellationToken)
    {
        await lease.Connection.DisposeAsync();
        return new ConnectionLease(new HttpConnection(await connectAsync(cancellationToken)), IsFresh: true);
    }

    public async ValueTask ReturnAsync(ConnectionLease lease)
    {
        var kept = false;
        lock (_lock)
        {
            if (!_disposed && lease.Connection.CanBeReused)
            {
                _idle.Push(lease.Connection);
                kept = true;
            }
        }

        if (!kept)
        {
            await lease.Connection.DisposeAsync();
        }

        _slots.Release();
    }

    /// <summary>Closes what is idle; what is in use is closed when it comes back.</summary>
    public async ValueTask DisposeAsync()
    {
        HttpConnection[] idle;
        lock (_lock)
        {
            _disposed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        foreach (var connection in idle)
        {
            await connection.DisposeAsync();
        }
    }

    private HttpConnection? TakeIdle()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _idle.TryPop(out var connection) ? connection : null;
        }
    }
}
