using System.Net;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using System.Text;
using Google.Protobuf;

namespace Orchestrator.BuildKit.Grpc;

/// <summary>
/// The client side of gRPC, over an HTTP/2 connection whose bytes travel on a stream that somebody else opened.
/// It knows calls, frames and statuses; it does not know BuildKit.
/// A stream is opened by the first call, again by the first call after the connection was lost, and besides when the peer takes no more calls on those that are open.
/// </summary>
internal sealed class GrpcChannel : IDisposable
{
    // The typed details of an error embed the whole Dockerfile and arrive as a trailer; the default budget is 64 KiB.
    private const int MaxHeadersKilobytes = 16_000;

    // A peer that vanished without a word is noticed after the two together; a busy daemon answers pings within milliseconds.
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromMinutes(2);

    private readonly Func<CancellationToken, Task<Stream>> _connect;

    /// <summary>Made by the first call: a process that only looks whether there is something to build loads no HTTP client.</summary>
    private readonly Lazy<HttpClient> _client;

    public GrpcChannel(Func<CancellationToken, Task<Stream>> connect)
    {
        _connect = connect;
        _client = new Lazy<HttpClient>(CreateClient);
    }

    /// <summary>One request, one response.</summary>
    /// <exception cref="GrpcStatusException">The peer refused.</exception>
    /// <exception cref="BuildKitConnectionException">The connection was lost, or the peer does not speak gRPC.</exception>
    public async Task<T> UnaryAsync<T>(string method, IMessage request, MessageParser<T> parser, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        using var call = await StartAsync(method, request, cancellationToken).ConfigureAwait(false);
        var response = await call.ReadAsync(parser, cancellationToken).ConfigureAwait(false);
        if (response is null)
        {
            throw new BuildKitConnectionException($"{method} ended without an answer.");
        }

        // The status comes behind the message, and only it says whether the call succeeded.
        while (await call.ReadAsync(parser, cancellationToken).ConfigureAwait(false) is not null)
        {
        }

        return response;
    }

    /// <summary>One request, any number of responses to be read from the call.</summary>
    public Task<GrpcCall> StartAsync(string method, IMessage request, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(GrpcFrame.ToArray(request));
        return SendAsync(method, content, [], cancellationToken);
    }

    /// <summary>Messages in both directions; returns when the peer has sent its response headers.</summary>
    public Task<GrpcCall> StartDuplexAsync(
        string method, DuplexContent content, IReadOnlyList<KeyValuePair<string, string>> metadata, CancellationToken cancellationToken) =>
        SendAsync(method, content, metadata, cancellationToken);

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private async Task<GrpcCall> SendAsync(
        string method, HttpContent content, IReadOnlyList<KeyValuePair<string, string>> metadata, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"http://buildkit{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.ParseAdd("trailers");
        foreach (var (name, value) in metadata)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        HttpResponseMessage? response = null;
        try
        {
            response = await _client.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            Check(method, response);
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return new GrpcCall(method, request, response, body);
        }
        catch (HttpRequestException exception) when (exception.InnerException is RefusedConnection refused)
        {
            Dispose(request, response);
            ExceptionDispatchInfo.Throw(refused.InnerException!);
            throw;
        }
        catch (Exception exception) when (BuildKitConnectionException.IsLoss(exception))
        {
            Dispose(request, response);
            cancellationToken.ThrowIfCancellationRequested();
            throw BuildKitConnectionException.From(method, exception);
        }
        catch
        {
            Dispose(request, response);
            throw;
        }
    }

    private static void Dispose(HttpRequestMessage request, HttpResponseMessage? response)
    {
        response?.Dispose();
        request.Dispose();
    }

    private static void Check(string method, HttpResponseMessage response)
    {
        if (GrpcTrailers.Read(response.Headers) is { Code: not GrpcStatusCode.Ok } status)
        {
            throw new GrpcStatusException(status);
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new GrpcStatusException(
                GrpcTrailers.FromHttp(response.StatusCode), $"{method} was answered with HTTP status {(int)response.StatusCode}.");
        }

        var type = response.Content.Headers.ContentType?.MediaType;
        if (type is null || !type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase))
        {
            throw new BuildKitConnectionException($"{method} was answered with content of type '{type}' instead of gRPC.");
        }
    }

    private async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _connect(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!BuildKitConnectionException.IsLoss(exception) && exception is not (BuildKitConnectionException or OperationCanceledException))
        {
            throw new RefusedConnection(exception);
        }
    }

    private HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) => await ConnectAsync(cancellationToken).ConfigureAwait(false),
#pragma warning disable CA2262 // Kilobytes are meant.
            MaxResponseHeadersLength = MaxHeadersKilobytes,
#pragma warning restore CA2262
            // The daemon takes 250 calls on a connection, and each build is two or three of them for as long as it lasts.
            EnableMultipleHttp2Connections = true,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            KeepAlivePingDelay = PingDelay,
            KeepAlivePingTimeout = PingTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Carries what is no loss of a connection past the HTTP client, which wraps whatever happens while one is opened.</summary>
    private sealed class RefusedConnection(Exception cause) : Exception(cause.Message, cause);
}
