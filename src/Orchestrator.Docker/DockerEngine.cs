using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Docker.Api;
using Orchestrator.Docker.Http;
using Orchestrator.Docker.Transports;

namespace Orchestrator.Docker;

/// <summary>
/// A client of the Docker Engine API, for concurrent use. Nothing is sent before the first call. Paths carry no API version, so the
/// engine answers with its newest. Every call may throw <see cref="DockerUnreachableException"/>, <see cref="DockerApiException"/>,
/// and <see cref="OperationCanceledException"/> when the caller cancels.
/// </summary>
public sealed partial class DockerEngine : IAsyncDisposable
{
    private const int ShownErrorCharacters = 1000;

    private readonly HttpSender _sender;

    /// <exception cref="DockerConfigurationException">Nothing here can reach such an endpoint.</exception>
    public DockerEngine(DockerEndpoint endpoint)
        : this(endpoint, TransportChoice.For(endpoint))
    {
    }

    internal DockerEngine(DockerEndpoint endpoint, ITransport transport)
    {
        Endpoint = endpoint;
        _sender = new HttpSender(endpoint, transport);
    }

    public DockerEndpoint Endpoint { get; }

    /// <summary>Asks whether the engine is there, and what it is.</summary>
    public async Task<EnginePing> PingAsync(CancellationToken cancellationToken)
    {
        var answer = await SendAsync(new HttpRequest("GET", "/_ping"), cancellationToken);
        var head = answer.Head;
        return new EnginePing(
            head.Find("Api-Version") ?? "", head.Find("Builder-Version") ?? "", head.Find("Ostype") ?? "", head.Find("Server") ?? "");
    }

    public Task<EngineVersion> VersionAsync(CancellationToken cancellationToken) =>
        GetAsync("/version", EngineVersion.From, cancellationToken);

    public Task<EngineInfo> InfoAsync(CancellationToken cancellationToken) =>
        GetAsync("/info", EngineInfo.From, cancellationToken);

    /// <param name="all">False lists only those that run.</param>
    public async Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(bool all, CancellationToken cancellationToken) =>
        await GetAsync(all ? "/containers/json?all=1" : "/containers/json", EngineJson.Default.ListContainerSummary, cancellationToken);

    /// <summary>
    /// Turns a connection of its own into a raw duplex stream. Nothing but the request was sent when this returns, and no byte that
    /// the engine sent behind its answer is lost. The caller owns the stream.
    /// </summary>
    /// <param name="path">E.g. <c>/grpc</c> or <c>/session</c>.</param>
    /// <param name="protocol">E.g. <c>h2c</c>; engines compare it case by case.</param>
    /// <param name="headers">A name may come several times.</param>
    /// <exception cref="DockerApiException">The engine does not switch.</exception>
    public async Task<Stream> UpgradeAsync(
        string path, string protocol, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        var request = new HttpRequest("POST", path) { Upgrade = protocol, Headers = headers };
        var (stream, refusal) = await _sender.UpgradeAsync(request, cancellationToken);
        return stream ?? throw (refusal!.IsSuccess
            ? new DockerApiException(refusal.Head.Status, $"{path} did not switch to {protocol}")
            : Error(refusal));
    }

    /// <summary>Closes idle connections; upgraded streams belong to whoever asked for them.</summary>
    public ValueTask DisposeAsync() => _sender.DisposeAsync();

    private async Task<T> GetAsync<T>(string target, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        Parse(await SendAsync(new HttpRequest("GET", target), cancellationToken), type);

    private async Task<T> GetAsync<T>(string target, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        Parse(await SendAsync(new HttpRequest("GET", target), cancellationToken), read);

    private async Task<HttpAnswer> SendAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var answer = await _sender.SendAsync(request, cancellationToken);
        return answer.IsSuccess ? answer : throw Error(answer);
    }

    private static T Parse<T>(HttpAnswer answer, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type) ?? throw new JsonException("it is null");
        }
        catch (JsonException exception)
        {
            throw new DockerApiException(answer.Head.Status, $"the answer is not what the Engine API promises: {exception.Message}");
        }
    }

    private static T Parse<T>(HttpAnswer answer, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new DockerApiException(answer.Head.Status, $"the answer is not what the Engine API promises: {exception.Message}");
        }
    }

    private static DockerApiException Error(HttpAnswer answer)
    {
        var status = answer.Head.Status;
        try
        {
            if (JsonSerializer.Deserialize(answer.Body, EngineJson.Default.EngineError)?.Message is { Length: > 0 } message)
            {
                return new DockerApiException(status, message.Trim());
            }
        }
        catch (JsonException)
        {
            // A proxy's page or plain text: shown as it is.
        }

        var text = Encoding.UTF8.GetString(answer.Body.AsSpan(0, Math.Min(answer.Body.Length, ShownErrorCharacters))).Trim();
        return new DockerApiException(status, text.Length > 0 ? text : $"{(HttpStatusCode)status}");
    }
}
