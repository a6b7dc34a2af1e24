using System.Text.Json;
using Orchestrator.Docker.Api;
using Orchestrator.Docker.Http;

namespace Orchestrator.Docker;

public sealed partial class DockerEngine
{
    private const int NotFound = 404;
    private const int ListingAttempts = 5;

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

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await GetAsync(target, Rows, cancellationToken);
            }
            catch (DockerApiException exception) when (exception.StatusCode == NotFound && attempt < ListingAttempts)
            {
                // On containerd's store the whole listing fails when somebody removes one of the images while they are read: 27 of 1,148, with three at a time built and removed beside it (28.5.2).
            }
        }
    }

    /// <param name="reference">A name, a name with tag or digest, or an id.</param>
    /// <returns>Null when the engine has no such image.</returns>
    public Task<ImageDetails?> InspectImageAsync(string reference, CancellationToken cancellationToken) =>
        FindAsync(reference, "json", ImageDetails.From, cancellationToken);

    /// <summary>Asks for one platform of an image; engines before API 1.49 do not know the question and show their own.</summary>
    /// <param name="reference">A name, a name with tag or digest, or an id.</param>
    /// <param name="platform"><c>os/architecture[/variant]</c>.</param>
    /// <returns>
    /// With the id of that platform's manifest; null when the engine has no such image, or, before 29.1.2, not all of its content for the platform
    /// (of later ones <see cref="InspectIndexAsync"/> tells).
    /// </returns>
    public Task<ImageDetails?> InspectImageAsync(string reference, string platform, CancellationToken cancellationToken) =>
        FindAsync(reference, "json?platform=" + Uri.EscapeDataString(PlatformJson(platform)), ImageDetails.From, cancellationToken);

    /// <param name="reference">A name, a name with tag or digest, or an id.</param>
    /// <returns>From the newest step to the oldest, those of its base included; null when the engine has no such image.</returns>
    public Task<IReadOnlyList<HistoryEntry>?> HistoryAsync(string reference, CancellationToken cancellationToken) =>
        FindAsync(reference, "history", History, cancellationToken);

    /// <summary>
    /// Less than an inspect tells: containerd's store answers with 10 questions and one for each layer, where an inspect takes 26 and four (28.5.2).
    /// </summary>
    /// <param name="reference">A name, a name with tag or digest, or an id.</param>
    /// <returns>Null when the engine has no such image, or it has no history.</returns>
    public Task<ImageNames?> FindNamesAsync(string reference, CancellationToken cancellationToken) =>
        FindAsync(reference, "history", ImageNames.From, cancellationToken);

    /// <summary>Statements about an image that its index names and the engine does not have: a pull brings the image alone.</summary>
    /// <param name="reference">A name, a name with tag or digest, or an id.</param>
    /// <returns>Digests; empty as well where the engine does not tell (API before 1.48) or has no such image.</returns>
    public async Task<IReadOnlyList<string>> MissingAttestationsAsync(string reference, CancellationToken cancellationToken) =>
        await FindAsync(reference, "json?manifests=true", MissingAttestations, cancellationToken) ?? [];

    /// <summary>As <see cref="InspectImageAsync(string, CancellationToken)"/>, with the platforms that the engine lacks of the image's index.</summary>
    /// <param name="reference">A name, a name with tag or digest, or an id.</param>
    /// <returns>Null when the engine has no such image.</returns>
    public Task<ImageDetails?> InspectIndexAsync(string reference, CancellationToken cancellationToken) =>
        FindAsync(reference, "json?manifests=true", answer => ImageDetails.From(answer) with { MissingPlatforms = MissingPlatforms(answer) }, cancellationToken);

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

    private static string PlatformJson(string platform)
    {
        string[] names = ["os", "architecture", "variant"];
        return JsonSerializer.Serialize(new Dictionary<string, string>(names.Zip(platform.Split('/'), KeyValuePair.Create)), EngineJson.Default.DictionaryStringString);
    }

    /// <returns>Null when the engine has no such image.</returns>
    private async Task<T?> FindAsync<T>(string reference, string what, Func<JsonElement, T?> read, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await _sender.SendAsync(new HttpRequest("GET", $"/images/{UrlPath.Escape(reference)}/{what}"), cancellationToken);
        if (answer.Head.Status == NotFound)
        {
            return null;
        }

        return answer.IsSuccess ? Parse(answer, read) : throw Error(answer);
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

    private static IReadOnlyList<string> MissingAttestations(JsonElement answer) =>
        [.. Manifests(answer, "attestation").Where(manifest => manifest.Flag("Available") == false).Select(manifest => manifest.Text("ID"))];

    /// <summary>An index may have a platform more than once, for instance for several versions of Windows.</summary>
    private static IReadOnlyList<string> MissingPlatforms(JsonElement answer) =>
        [.. Manifests(answer, "image").GroupBy(Platform, StringComparer.Ordinal).Where(group => group.All(manifest => manifest.Flag("Available") == false)).Select(group => group.Key)];

    private static IEnumerable<JsonElement> Manifests(JsonElement answer, string kind) =>
        answer.TryGetProperty("Manifests", out var manifests) && manifests.ValueKind == JsonValueKind.Array ? manifests.EnumerateArray().Where(manifest => manifest.Text("Kind") == kind) : [];

    private static string Platform(JsonElement manifest) =>
        manifest.Object("ImageData")?.Object("Platform") is { } platform ? $"{platform.Text("os")}/{platform.Text("architecture")}/{platform.Text("variant")}".TrimEnd('/') : "";

    /// <summary>Of an image whose content is gone the engine says <c>null</c>.</summary>
    private static IReadOnlyList<HistoryEntry> History(JsonElement answer) => answer.ValueKind == JsonValueKind.Null ? []
        : [.. JsonReading.Of(answer, "the history", JsonValueKind.Array).EnumerateArray().Select(HistoryEntry.From)];
}
