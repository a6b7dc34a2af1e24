using System.Text.Json.Serialization;
using Orchestrator.Graph;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>Where an image was published.</summary>
/// <param name="Name">Registry and repository.</param>
/// <param name="Tags">That it got there; the moving ones may stand for a later release by now.</param>
internal sealed record ReleasedRepository(string Name, IReadOnlyList<ReleasedTag> Tags)
{
    [JsonIgnore]
    public bool IsWhole => Name is not null && ImageReference.TryParse(Name, out var name) && name.Digest is null
        && Tags is not null && Tags.All(tag => tag.Tag is not null && TagGrammar.Objection(tag.Tag) is null);

    /// <summary>Without a tag.</summary>
    [JsonIgnore]
    public ImageReference Reference => ImageReference.Parse(Name) with { Tag = null };
}
