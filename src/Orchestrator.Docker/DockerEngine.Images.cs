using System.Text;
using System.Text.Json;
using Orchestrator.Docker.Http;

namespace Orchestrator.Docker;

/// <content>Images and containers.</content>
public sealed partial class DockerEngine
{
    /// <summary>The images that have a name like one of the patterns (<c>reference</c> filter); all when there is none.</summary>
    public async Task<IReadOnlyList<ImageSummary>> ListImagesAsync(IReadOnlyList<string> references, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(references);
        var filter = references.Count == 0 ? "" : "?filters=" + Uri.EscapeDataString(Filter("reference", references));
        var rows = await GetAsync("/images/json" + filter, cancellationToken).ConfigureAwait(false);
        return [.. rows.EnumerateArray().Select(EngineJson.Summary)];
    }

    /// <summary>One image by name or ID; null when there is none.</summary>
    public async Task<ImageDetails?> InspectImageAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            return EngineJson.Details(await GetAsync($"/images/{Escape(reference)}/json", cancellationToken).ConfigureAwait(false));
        }
        catch (DockerApiException exception) when (exception.StatusCode == 404)
        {
            return null;
        }
    }

    /// <summary>Gives an image one more name; a name that another image had moves.</summary>
    public Task TagImageAsync(string source, string repository, string tag, CancellationToken cancellationToken) =>
        RequestAsync("POST", $"/images/{Escape(source)}/tag?repo={Uri.EscapeDataString(repository)}&tag={Uri.EscapeDataString(tag)}", NoHeaders, cancellationToken);

    /// <summary>Removes a name, and the image when it was the last one. What is not there is not an error.</summary>
    /// <returns>What was untagged or deleted.</returns>
    public async Task<IReadOnlyList<string>> RemoveImageAsync(string reference, bool force, CancellationToken cancellationToken)
    {
        try
        {
            var (_, body) = await RequestAsync("DELETE", $"/images/{Escape(reference)}?force={(force ? 1 : 0)}", NoHeaders, cancellationToken).ConfigureAwait(false);
            return [.. Json(body).EnumerateArray().Select(row => EngineJson.Text(row, "Untagged") + EngineJson.Text(row, "Deleted"))];
        }
        catch (DockerApiException exception) when (exception.StatusCode == 404)
        {
            return [];
        }
    }

    /// <summary>The IDs of the images that containers use, running or not.</summary>
    public async Task<IReadOnlySet<string>> ImagesInUseAsync(CancellationToken cancellationToken)
    {
        var rows = await GetAsync("/containers/json?all=1", cancellationToken).ConfigureAwait(false);
        return rows.EnumerateArray().Select(row => EngineJson.Text(row, "ImageID")).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Pulls an image; progress is the engine's own lines.</summary>
    public async Task PullImageAsync(string reference, RegistryCredentials? credentials, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var lines = new List<byte>();
        string? error = null;
        var headers = credentials is null ? NoHeaders : [new("X-Registry-Auth", AuthenticationHeader(credentials))];
        try
        {
            var head = await _connections.ExchangeAsync(
                "POST", $"/images/create?fromImage={Uri.EscapeDataString(reference)}", headers, default, Take, cancellationToken).ConfigureAwait(false);
            if (head.StatusCode >= 400)
            {
                throw new DockerApiException(head.StatusCode, MessageOf(lines.ToArray(), head));
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw Lost(exception);
        }

        if (error is not null)
        {
            throw new DockerApiException(200, error);
        }

        void Take(HttpHead head, ReadOnlySpan<byte> bytes)
        {
            foreach (var value in bytes)
            {
                if (value == (byte)'\n' && head.StatusCode < 400)
                {
                    error ??= ReadLine(lines.ToArray(), progress);
                    lines.Clear();
                }
                else
                {
                    lines.Add(value);
                }
            }
        }
    }

    private static string? ReadLine(byte[] line, IProgress<string>? progress)
    {
        if (line.AsSpan().Trim((byte)'\r').IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(line);
        progress?.Report(EngineJson.Text(document.RootElement, "status"));
        return EngineJson.Text(document.RootElement, "error") is { Length: > 0 } error ? error : null;
    }

    private static string AuthenticationHeader(RegistryCredentials credentials)
    {
        var members = credentials.IsIdentityToken
            ? new Dictionary<string, string> { ["identitytoken"] = credentials.Secret }
            : new Dictionary<string, string> { ["username"] = credentials.Username, ["password"] = credentials.Secret };
        return Convert.ToBase64String(Object(members)).Replace('+', '-').Replace('/', '_');
    }

    private static byte[] Object(Dictionary<string, string> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static string Filter(string name, IReadOnlyList<string> values)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray(name);
            foreach (var value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
