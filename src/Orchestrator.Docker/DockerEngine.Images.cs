using System.Text.Json;
using Orchestrator.Docker.Api;
using Orchestrator.Docker.Http;

namespace Orchestrator.Docker;

public sealed partial class DockerEngine
{
    private const int NotFound = 404;
    private const int StreamFailed = 500;

    /// <param name="references">Patterns such as <c>shop/*</c> or <c>shop/web:1.0</c>, any of which has to match; empty lists all.</param>
    public async Task<IReadOnlyList<ImageSummary>> ListImagesAsync(IReadOnlyList<string> references, CancellationToken cancellationToken)
    {
        var target = "/images/json";
        if (references.Count > 0)
        {
            var filters = new Dictionary<string, IReadOnlyList<string>> { ["reference"] = references };
            var json = JsonSerializer.Serialize(filters, EngineJson.Default.DictionaryStringIReadOnlyListString);
            target += $"?filters={Uri.EscapeDataString(json)}";
        }

        return await GetAsync(target, Rows, cancellationToken);
    }

    /// <param name="reference">A name, a name with tag or digest, or an id.</param>
    /// <returns>Null when the engine has no such image.</returns>
    public async Task<ImageDetails?> InspectImageAsync(string reference, CancellationToken cancellationToken)
    {
        var answer = await _sender.SendAsync(new HttpRequest("GET", $"/images/{UrlPath.Escape(reference)}/json"), cancellationToken);
        if (answer.Head.Status == NotFound)
        {
            return null;
        }

        return answer.IsSuccess ? Parse(answer, ImageDetails.From) : throw Error(answer);
    }

    /// <summary>Lets a tag point at an image, wherever it pointed before.</summary>
    public Task TagImageAsync(string source, string repository, string tag, CancellationToken cancellationToken)
    {
        var target = $"/images/{UrlPath.Escape(source)}/tag?repo={Uri.EscapeDataString(repository)}&tag={Uri.EscapeDataString(tag)}";
        return SendAsync(new HttpRequest("POST", target), cancellationToken);
    }

    /// <summary>Takes a tag away, and the image with its last tag.</summary>
    /// <param name="force">Also when a stopped container uses it or an id has several tags.</param>
    /// <param name="noPrune">Keeps parents that have no tag.</param>
    /// <returns>What was untagged and deleted, in the engine's order; empty when there was no such image.</returns>
    public async Task<IReadOnlyList<string>> RemoveImageAsync(string reference, bool force, bool noPrune, CancellationToken cancellationToken)
    {
        var target = $"/images/{UrlPath.Escape(reference)}?force={(force ? 1 : 0)}&noprune={(noPrune ? 1 : 0)}";
        var answer = await _sender.SendAsync(new HttpRequest("DELETE", target), cancellationToken);
        if (answer.Head.Status == NotFound)
        {
            return [];
        }

        var removed = answer.IsSuccess ? Parse(answer, EngineJson.Default.ListRemovedImage) : throw Error(answer);
        return [.. removed.Select(item => item.Untagged ?? item.Deleted).OfType<string>()];
    }

    /// <summary>Lets the engine fetch an image from its registry.</summary>
    /// <param name="reference">Without tag and digest, <c>latest</c> is meant.</param>
    /// <param name="credentials">Null pulls as nobody in particular.</param>
    /// <param name="progress">Gets a line for each change that the engine tells, in words.</param>
    /// <exception cref="DockerApiException">The registry or the engine refuses; possible in the middle of the pull.</exception>
    public async Task PullImageAsync(
        string reference, RegistryCredentials? credentials, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        // Without a tag the engine would pull all tags of the repository.
        var tag = HasTagOrDigest(reference) ? "" : "&tag=latest";
        var request = new HttpRequest("POST", $"/images/create?fromImage={Uri.EscapeDataString(reference)}{tag}")
        {
            Headers = credentials is null ? [] : [new(RegistryAuth.HeaderName, RegistryAuth.Encode(credentials))],
        };
        string? failure = null;
        var answer = await _sender.SendAsync(request, OnLine, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw Error(answer);
        }

        if (failure is not null)
        {
            throw new DockerApiException(StreamFailed, failure);
        }

        void OnLine(ReadOnlySpan<byte> bytes)
        {
            var line = ParseLine(bytes);
            failure ??= line.Failure;
            if (line.Status is not null)
            {
                progress?.Report(line.ToString());
            }
        }
    }

    private static IReadOnlyList<ImageSummary> Rows(JsonElement answer)
    {
        var rows = new List<ImageSummary>();
        foreach (var row in JsonReading.Of(answer, "the listing", JsonValueKind.Array).EnumerateArray())
        {
            rows.Add(ImageSummary.From(row));
        }

        return rows;
    }

    /// <summary>Lets the engine ask a registry which manifest a reference stands for now; nothing is fetched.</summary>
    /// <param name="reference">A name with tag or digest.</param>
    /// <param name="credentials">Null asks as nobody in particular.</param>
    /// <returns>The digest of the manifest, or of the index where there is one.</returns>
    /// <exception cref="DockerApiException">
    /// 404: the registry has no such image. 401 and 403: it does not say. Anything else: it could not be asked.
    /// </exception>
    public async Task<string> ResolveImageAsync(string reference, RegistryCredentials? credentials, CancellationToken cancellationToken)
    {
        var request = new HttpRequest("GET", $"/distribution/{UrlPath.Escape(reference)}/json")
        {
            Headers = credentials is null ? [] : [new(RegistryAuth.HeaderName, RegistryAuth.Encode(credentials))],
        };
        var answer = await _sender.SendAsync(request, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw Error(answer);
        }

        return Parse(answer, element => element.Object("Descriptor")?.Text("digest")) is { Length: > 0 } digest ? digest : throw new DockerApiException(answer.Head.Status, "the answer names no digest");
    }

    private static PullLine ParseLine(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, EngineJson.Default.PullLine) ?? new PullLine();
        }
        catch (JsonException exception)
        {
            throw new HttpFormatException($"a line of its stream is not JSON ({exception.Message})");
        }
    }

    private static bool HasTagOrDigest(string reference) =>
        reference.Contains('@', StringComparison.Ordinal) || reference.LastIndexOf(':') > reference.LastIndexOf('/');
}
