namespace Orchestrator.Registry.Http;

/// <summary>
/// With a budget, one failure of a host ends all conversation with it: what runs is cancelled and what comes later is refused at once, so that a
/// registry that is slow or gone costs one budget and not one for each image. Without a budget it does nothing.
/// </summary>
internal sealed class HostCircuit(string host, TimeSpan? budget, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _opened = new();
    private volatile Exception? _reason;

    /// <exception cref="RegistryUnreachableException">The circuit is open, or this call takes longer than the budget.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (budget is not { } limit)
        {
            return await call(cancellationToken);
        }

        ThrowIfOpen();
        using var timer = new CancellationTokenSource(limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token, _opened.Token);
        try
        {
            return await call(linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await OpenAsync(new RegistryUnreachableException($"The registry {host} did not answer within {limit.TotalSeconds:0.#} s.", isTransient: false));
        }
        catch (RegistryUnreachableException exception)
        {
            await OpenAsync(exception);
        }
        catch (RegistryApiException exception) when (exception.IsTransient)
        {
            await OpenAsync(exception);
        }

        ThrowIfOpen();
        throw new InvalidOperationException("an opened circuit has a reason");
    }

    public void Dispose() => _opened.Dispose();

    private async Task OpenAsync(Exception reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            await _opened.CancelAsync();
        }
    }

    private void ThrowIfOpen()
    {
        if (_reason is { } reason)
        {
            throw new RegistryUnreachableException(reason.Message, isTransient: false, reason);
        }
    }
}
