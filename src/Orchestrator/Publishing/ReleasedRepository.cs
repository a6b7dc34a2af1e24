using System.Text.Json.Serialization;
using Orchestrator.Graph;

namespace Orchestrator.Publishing;

/// <summary>Where an image was published.</summary>
/// <param name="Name">Registry and repository.</param>
/// <param name="Tags">That it got there; the moving ones may stand for a later release by now.</param>
internal sealed record ReleasedRepository(string Name, IReadOnlyList<ReleasedTag> Tags)
{
    [JsonIgnore]
    public bool IsWhole => Name is not null && ImageReference.TryParse(Name, out var name) && name.Digest is null
        && Tags is not null && Tags.All(tag => tag?.IsWhole == true);

    /// <summary>Without a tag.</summary>
    [JsonIgnore]
    public ImageReference Reference => ImageReference.Parse(Name) with { Tag = null };

    public ReleasedRepository At(string? registry, string prefix, IReadOnlyList<string> tags) => new(
        PromotionRequest.Target(Reference, registry, prefix)!.ToString(), tags.Count == 0 ? Tags : [.. tags.Select(tag => new ReleasedTag(tag, PromotionRequest.ClassOf(tag), tag))]);
}
