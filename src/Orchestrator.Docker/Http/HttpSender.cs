using Orchestrator.Docker.Transports;

namespace Orchestrator.Docker.Http;

/// <summary>
/// Sends requests to one endpoint. Here, and nowhere else, what goes wrong on the way becomes a
/// <see cref="DockerUnreachableException"/>; an answer is an answer whatever its status.
/// </summary>
internal sealed class HttpSender(DockerEndpoint endpoint, ITransport transport) : IAsyncDisposable
{
    private readonly ConnectionPool _pool = new(transport.ConnectAsync, transport.ConnectionLimit);

    public Task<HttpAnswer> SendAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ExchangeAsync(request, take: null, cancellationToken);

    /// <summary>The lines of a success go to <paramref name="onLine"/> as they arrive; any other answer is returned whole.</summary>
    public Task<HttpAnswer> SendAsync(HttpRequest request, Action<ReadOnlySpan<byte>> onLine, CancellationToken cancellationToken) =>
        ExchangeAsync(request, (connection, token) => BodyReading.ReadLinesAsync(connection, onLine, token), cancellationToken);

    /// <summary>The body of a success is given to <paramref name="read"/>, which need not read it to its end; any other answer is returned whole.</summary>
    public Task<HttpAnswer> SendAsync(HttpRequest request, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken) =>
        ExchangeAsync(
            request,
            async (connection, token) =>
            {
                using var body = new BodyStream(connection);
                await read(body, token);
            },
            cancellationToken);

    /// <summary>On a connection of its own, which is not counted.</summary>
    /// <returns>The stream after a switch of protocols; else the answer that refuses it.</returns>
    public async Task<(Stream? Stream, HttpAnswer? Refusal)> UpgradeAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var bytes = ToBytes(request);
        HttpConnection? connection = null;
        try
        {
            connection = new HttpConnection(await transport.ConnectAsync(cancellationToken));
            var head = await connection.SendAsync(bytes, cancellationToken);
            if (head.Status == 101)
            {
                var stream = connection.Detach();
                connection = null;
                return (stream, null);
            }

            return (null, new HttpAnswer(head, await BodyReading.ReadWholeAsync(connection, cancellationToken)));
        }
        catch (IOException exception)
        {
            throw Unreachable(exception);
        }
        finally
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }
        }
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private byte[] ToBytes(HttpRequest request)
    {
        var further = endpoint.Headers.Where(header => !request.Headers.Any(own => own.Key.Equals(header.Key, StringComparison.OrdinalIgnoreCase)));
        return (request with { Headers = [.. further, .. request.Headers] }).ToBytes(transport.Host);
    }

    private async Task<HttpAnswer> ExchangeAsync(HttpRequest request, Func<HttpConnection, CancellationToken, Task>? take, CancellationToken cancellationToken)
    {
        var bytes = ToBytes(request);
        try
        {
            var lease = await _pool.RentAsync(cancellationToken);
            try
            {
                var head = await lease.Connection.SendAsync(bytes, cancellationToken);
                return await ReadAsync(lease.Connection, head, take, cancellationToken);
            }
            catch (IOException) when (!lease.IsFresh && !lease.Connection.AnswerBegan)
            {
                // The peer closed it while it was idle. All our requests may be repeated.
                lease = await _pool.RenewAsync(lease, cancellationToken);
                var head = await lease.Connection.SendAsync(bytes, cancellationToken);
                return await ReadAsync(lease.Connection, head, take, cancellationToken);
            }
            finally
            {
                await _pool.ReturnAsync(lease);
            }
        }
        catch (IOException exception)
        {
            throw Unreachable(exception);
        }
    }

    private static async Task<HttpAnswer> ReadAsync(
        HttpConnection connection, ResponseHead head, Func<HttpConnection, CancellationToken, Task>? take, CancellationToken cancellationToken)
    {
        if (take is null || head.Status is < 200 or >= 300)
        {
            return new HttpAnswer(head, await BodyReading.ReadWholeAsync(connection, cancellationToken));
        }

        await take(connection, cancellationToken);
        return new HttpAnswer(head, []);
    }

    private DockerUnreachableException Unreachable(IOException exception)
    {
        var where = $"The Docker engine at {endpoint.Address.OriginalString} ({endpoint.Origin})";
        return exception switch
        {
            TransportException => new($"{where} cannot be reached: {exception.Message}", exception),
            HttpFormatException => new($"{where} cannot be understood: its answer is not what an engine sends, {exception.Message}.", exception),
            _ => new($"{where} broke off the conversation: {exception.Message}", exception),
        };
    }
}
