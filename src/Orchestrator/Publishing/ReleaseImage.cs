using Orchestrator.Graph;
using Orchestrator.Keys;
using Orchestrator.Planning;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>One image of a release: what it is, and every name that it gets.</summary>
/// <param name="Planned">With its key, which must be known.</param>
/// <param name="Home">The repository that it is pushed to, and where its key tag is.</param>
/// <param name="Tags">In all its repositories; may be empty for an image that only others are built from.</param>
internal sealed record ReleaseImage(PlannedImage Planned, ImageReference Home, IReadOnlyList<PublishTag> Tags)
{
    public string Name => Planned.Name;

    public ImageNode Node => Planned.Image.Node;

    public CacheKey Key => Planned.Key!.Value;

    public ImageReference KeyReference => Home with { Tag = KeyTag.Tag(Key) };

    /// <summary>Whether the engine has it.</summary>
    public bool IsOnEngine => Planned.Action is PlanAction.UpToDate or PlanAction.Retag or PlanAction.Push;

    /// <summary>It takes the place of what its registry has for the same key. Default: the first one stays.</summary>
    public bool Replaces { get; init; }

    /// <summary>The repositories that a release is about: those with tags, or its home when it only serves others.</summary>
    public IEnumerable<ImageReference> Published => Tags.Count == 0 ? [Home] : Tags.Select(tag => tag.Reference with { Tag = null }).Distinct();

    /// <summary>All its repositories, the home first; without tags.</summary>
    public IEnumerable<ImageReference> Repositories => Tags.Select(tag => tag.Reference with { Tag = null }).Prepend(Home).Distinct();
}
