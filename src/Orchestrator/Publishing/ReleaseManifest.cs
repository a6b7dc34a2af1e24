using System.Text.Json;

namespace Orchestrator.Publishing;

/// <summary>
/// The record of a release: which image was published as what, and what is inside. Written when all of it is in the registry; the same release
/// gives the same bytes again. Images are told by digest, so a manifest stays true when tags move on.
/// </summary>
internal sealed record ReleaseManifest
{
    /// <summary>Of the form that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    /// <summary>The graph's name.</summary>
    public required string Graph { get; init; }

    /// <summary>What repositories begin with; null where the graph has none. A promotion to another registry replaces it.</summary>
    public string? Registry { get; init; }

    public string? Version { get; init; }

    /// <summary>The whole hash.</summary>
    public string? Commit { get; init; }

    /// <summary>The tree differed from the commit.</summary>
    public bool Dirty { get; init; }

    public string? Branch { get; init; }

    /// <summary>In dependency order.</summary>
    public required IReadOnlyList<ReleasedImage> Images { get; init; }

    /// <summary>The release as it is after a promotion to another place.</summary>
    /// <param name="tags">What its images were tagged with there, when not with the release's own tags.</param>
    public ReleaseManifest At(string prefix, IReadOnlyList<string> tags) => this with
    {
        Registry = prefix.TrimEnd('/'),
        Images = [.. Images.Select(image => image with { Repositories = [.. image.Repositories.Select(repository => repository.At(Registry, prefix, tags))] })],
    };

    public string ToJson() => JsonSerializer.Serialize(this, ReleaseManifestJson.Default.ReleaseManifest) + "\n";

    /// <exception cref="FormatException">It is not a release manifest of a form that is known here; the inner exception has the place where there is one.</exception>
    public static ReleaseManifest Parse(string json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(json, ReleaseManifestJson.Default.ReleaseManifest) ?? throw new FormatException("it is empty");
            return manifest.Format == CurrentFormat && manifest.Images is not null && manifest.Images.All(image => image?.IsWhole == true)
                ? manifest
                : throw new FormatException(manifest.Format == CurrentFormat ? "an image lacks its digest or a repository" : $"it has the format {manifest.Format}, and this program knows {CurrentFormat}");
        }
        catch (JsonException exception)
        {
            // What the reader finds is inside; what the type lacks is not.
            throw new FormatException(exception.InnerException is JsonException ? "it is not JSON" : $"it is JSON of something else: a release has other values at '{exception.Path ?? "$"}', or more of them", exception);
        }
    }
}
