using System.Buffers;
using System.Text;
using System.Text.Json;
using Orchestrator.Docker.Http;
using Orchestrator.Docker.Transports;

namespace Orchestrator.Docker;

/// <summary>
/// One Docker Engine. Thread-safe. Every method throws <see cref="DockerUnreachableException"/> when the engine cannot be reached and
/// <see cref="DockerApiException"/> when it answers with an error.
/// </summary>
public sealed partial class DockerEngine : IDisposable
{
    private static readonly IReadOnlyList<KeyValuePair<string, string>> NoHeaders = [];

    private readonly HttpConnectionPool _connections;

    /// <summary>Connects on first use.</summary>
    public DockerEngine(DockerEndpoint endpoint)
        : this(endpoint, Transport.Of(endpoint))
    {
    }

    internal DockerEngine(DockerEndpoint endpoint, ITransport transport) => (Endpoint, _connections) = (endpoint, new HttpConnectionPool(transport));

    /// <summary>Where the engine is.</summary>
    public DockerEndpoint Endpoint { get; }

    /// <inheritdoc/>
    public void Dispose() => _connections.Dispose();

    /// <summary>Whether an engine answers, and which API it speaks.</summary>
    public async Task<EnginePing> PingAsync(CancellationToken cancellationToken)
    {
        var (head, _) = await RequestAsync("GET", "/_ping", NoHeaders, cancellationToken).ConfigureAwait(false);
        return new EnginePing(Header("Api-Version"), Header("Builder-Version"), Header("Ostype"));

        string Header(string name) => head.Headers.GetValueOrDefault(name, "");
    }

    /// <summary>The engine's version.</summary>
    public async Task<EngineVersion> VersionAsync(CancellationToken cancellationToken) =>
        EngineJson.Version(await GetAsync("/version", cancellationToken).ConfigureAwait(false));

    /// <summary>The engine's id and image store.</summary>
    public async Task<EngineInfo> InfoAsync(CancellationToken cancellationToken) =>
        EngineJson.Info(await GetAsync("/info", cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Opens a connection and upgrades it, as <c>/grpc</c> and <c>/session</c> want it; headers are written one line each, repeated names included.
    /// The stream begins with the first byte after the engine's 101.
    /// </summary>
    public async Task<Stream> UpgradeAsync(
        string path, string protocol, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        var connection = await _connections.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await connection.SendAsync(
                "POST", path, [new("Connection", "Upgrade"), new("Upgrade", protocol), .. headers], default, cancellationToken).ConfigureAwait(false);
            var head = await connection.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
            if (head.StatusCode == 101)
            {
                return connection.Detach();
            }

            var body = new ArrayBufferWriter<byte>();
            await connection.ReadBodyAsync(head, bytes => body.Write(bytes), cancellationToken).ConfigureAwait(false);
            throw new DockerApiException(head.StatusCode, MessageOf(body.WrittenSpan, head));
        }
        catch (Exception exception)
        {
            connection.Dispose();
            if (exception is IOException or InvalidDataException)
            {
                throw Lost(exception);
            }

            throw;
        }
    }

    private async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        var (_, body) = await RequestAsync("GET", path, NoHeaders, cancellationToken).ConfigureAwait(false);
        return Json(body);
    }

    private async Task<(HttpHead Head, ReadOnlyMemory<byte> Body)> RequestAsync(
        string method, string path, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>();
        try
        {
            var head = await _connections.ExchangeAsync(method, path, headers, default, (_, bytes) => body.Write(bytes), cancellationToken).ConfigureAwait(false);
            return head.StatusCode < 400 ? (head, body.WrittenMemory) : throw new DockerApiException(head.StatusCode, MessageOf(body.WrittenSpan, head));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw Lost(exception);
        }
    }

    private DockerUnreachableException Lost(Exception exception) => new($"{Endpoint}: {exception.Message}.", exception);

    private JsonElement Json(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw Lost(exception);
        }
    }

    private static string MessageOf(ReadOnlySpan<byte> body, HttpHead head)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            return EngineJson.Text(document.RootElement, "message") is { Length: > 0 } message ? message : head.Reason;
        }
        catch (JsonException)
        {
            var text = Encoding.UTF8.GetString(body).Trim();
            return text.Length > 0 ? text : head.Reason;
        }
    }

    private static string Escape(string reference) => string.Join('/', reference.Split('/').Select(Uri.EscapeDataString)).Replace("%3A", ":", StringComparison.Ordinal).Replace("%40", "@", StringComparison.Ordinal);
}
