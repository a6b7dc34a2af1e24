using System.Collections.Concurrent;
using Orchestrator.Docker.Transports;

namespace Orchestrator.Docker.Http;

/// <summary>Connections to one engine: idle ones are used again, and no more than a fixed number are open at once.</summary>
internal sealed class HttpConnectionPool(ITransport transport) : IDisposable
{
    private const int MaximumConnections = 16;

    private readonly ConcurrentBag<HttpConnection> _idle = [];
    private readonly SemaphoreSlim _places = new(MaximumConnections);

    /// <summary>
    /// Sends a request and hands the answer's head and body to the caller. An idle connection may have been closed by the engine
    /// meanwhile; then the request is sent again on a new one, once, because nothing of it was answered.
    /// </summary>
    public async Task<HttpHead> ExchangeAsync(
        string method, string path, IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body, BodyReader consume, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_idle.TryTake(out var idle))
            {
                try
                {
                    return await ExchangeOnAsync(idle, method, path, headers, body, consume, cancellationToken).ConfigureAwait(false);
                }
                catch (StaleConnectionException)
                {
                }
            }

            var fresh = await OpenAsync(cancellationToken).ConfigureAwait(false);
            return await ExchangeOnAsync(fresh, method, path, headers, body, consume, cancellationToken).ConfigureAwait(false);
        }
        catch (StaleConnectionException stale)
        {
            throw stale.InnerException!;
        }
        finally
        {
            _places.Release();
        }
    }

    public async Task<HttpConnection> OpenAsync(CancellationToken cancellationToken) =>
        new(await transport.ConnectAsync(cancellationToken).ConfigureAwait(false), transport.HostHeader);

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }

        _places.Dispose();
    }

    private async Task<HttpHead> ExchangeOnAsync(
        HttpConnection connection, string method, string path, IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body,
        BodyReader consume, CancellationToken cancellationToken)
    {
        try
        {
            var head = await AskAsync(connection, method, path, headers, body, cancellationToken).ConfigureAwait(false);
            await connection.ReadBodyAsync(head, bytes => consume(head, bytes), cancellationToken).ConfigureAwait(false);
            return head;
        }
        finally
        {
            if (connection.IsReusable)
            {
                _idle.Add(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }

    private static async Task<HttpHead> AskAsync(
        HttpConnection connection, string method, string path, IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            await connection.SendAsync(method, path, headers, body, cancellationToken).ConfigureAwait(false);
            return await connection.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new StaleConnectionException(exception);
        }
    }

    /// <summary>The connection ended before anything of the answer came.</summary>
    private sealed class StaleConnectionException(IOException inner) : Exception(inner.Message, inner);
}
