using Orchestrator.Graph;
using Orchestrator.Registry;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>One image that goes from a repository to another, or only gets further tags.</summary>
/// <param name="From">Its repository.</param>
/// <param name="To">The repository that it goes to; may be the same.</param>
/// <param name="Tags">What it is to be called there.</param>
internal sealed record PromotedImage(ImageReference From, Digest Digest, ImageReference To, IReadOnlyList<PublishTag> Tags)
{
    /// <summary>Tags of the source that must stand for this image, before and after.</summary>
    public IReadOnlyList<ImageReference> Witnesses { get; init; } = [];

    /// <summary>Shows which versions are published in the repository that it goes to; null when nothing does.</summary>
    public PublishTag? FullTag => MovingTags.FullTag(Tags);

    /// <summary>Moving tags that go by the versions there; any other one goes where a person says.</summary>
    public IReadOnlyList<PublishTag> Ordered => FullTag is null ? [] : [.. Tags.Where(tag => tag.Class == TagClass.Moving && tag.StandsFor is not null)];

    /// <summary>In a message.</summary>
    public string DisplayName => (From with { Digest = Digest.ToString() }).Familiar;
}
