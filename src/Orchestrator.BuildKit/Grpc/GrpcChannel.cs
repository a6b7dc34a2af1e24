using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace Orchestrator.BuildKit.Grpc;

/// <summary>
/// gRPC as client over HTTP/2 with prior knowledge on streams that somebody else opens. Calls throw <see cref="GrpcException"/> for a status
/// and <see cref="BuildKitConnectionException"/> when the channel breaks or the peer is no gRPC server.
/// </summary>
internal sealed class GrpcChannel : IDisposable
{
    /// <summary>KiB. Error details carry the whole Dockerfile twice encoded in one trailer (buildkit-wire 1.7).</summary>
    private const int MaximumHeaders = 8 * 1024;

    private readonly HttpMessageInvoker _http;

    public GrpcChannel(Func<CancellationToken, Task<Stream>> open)
    {
#pragma warning disable CA2000 // the invoker owns the handler
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) => await open(cancellationToken).ConfigureAwait(false),
            MaxResponseHeadersLength = MaximumHeaders,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = 1024 * 1024,
        };
#pragma warning restore CA2000
        _http = new HttpMessageInvoker(handler);
    }

    public void Dispose() => _http.Dispose();

    public async Task<TResponse> UnaryAsync<TResponse>(string method, IMessage request, MessageParser<TResponse> parser, CancellationToken cancellationToken)
        where TResponse : class, IMessage<TResponse>
    {
        TResponse? answer = null;
        await foreach (var message in ServerStreamAsync(method, request, parser, cancellationToken).ConfigureAwait(false))
        {
            answer = message;
        }

        return answer ?? throw new BuildKitConnectionException($"{method} ended without an answer");
    }

    public async IAsyncEnumerable<TResponse> ServerStreamAsync<TResponse>(
        string method, IMessage request, MessageParser<TResponse> parser, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TResponse : class, IMessage<TResponse>
    {
        var buffer = new ArrayBufferWriter<byte>();
        GrpcFrame.Write(buffer, request);
        using var content = new ReadOnlyMemoryContent(buffer.WrittenMemory);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var message = Message(method, content, []);
        using var response = await SendAsync(message, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var reader = new GrpcReader(PipeReader.Create(body));
            while (await ReadAsync(reader, parser, cancellationToken).ConfigureAwait(false) is { } item)
            {
                yield return item;
            }
        }

        ThrowUnlessOk(response, method);
    }

    /// <summary>Opens a call in which both sides send; the caller reads and writes the messages.</summary>
    public async Task<GrpcDuplexCall> DuplexAsync(string method, IReadOnlyList<KeyValuePair<string, string>> metadata, CancellationToken cancellationToken)
    {
        var content = new DuplexContent();
        var message = Message(method, content, metadata);
        try
        {
            var response = await SendAsync(message, cancellationToken).ConfigureAwait(false);
            return new GrpcDuplexCall(message, response, content.Writer);
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    private static HttpRequestMessage Message(string method, HttpContent content, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "http://buildkit" + method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        message.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        foreach (var (name, value) in metadata)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            throw Lost(exception);
        }

        if (response.StatusCode == HttpStatusCode.OK && response.Content.Headers.ContentType?.MediaType?.StartsWith("application/grpc", StringComparison.Ordinal) == true)
        {
            return response;
        }

        using (response)
        {
            throw response.StatusCode == HttpStatusCode.OK
                ? new BuildKitConnectionException("the peer is no gRPC server")
                : new GrpcException(GrpcStatus.FromHttp((int)response.StatusCode));
        }
    }

    private static async ValueTask<T?> ReadAsync<T>(GrpcReader reader, MessageParser<T> parser, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        try
        {
            return await reader.ReadAsync(parser, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            throw Lost(exception);
        }
    }

    private static void ThrowUnlessOk(HttpResponseMessage response, string method)
    {
        var status = GrpcStatus.FromTrailers(name => Value(response.TrailingHeaders, name) ?? Value(response.Headers, name))
            ?? throw new BuildKitConnectionException($"{method} ended without a status");
        if (status.Code != GrpcStatusCode.Ok)
        {
            throw new GrpcException(status);
        }
    }

    private static string? Value(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    private static bool IsLoss(Exception exception) => exception is HttpRequestException or IOException or InvalidDataException;

    private static BuildKitConnectionException Lost(Exception exception) => new(exception.Message, exception);
}
