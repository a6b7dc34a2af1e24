using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>Writes down what was published.</summary>
/// <param name="plan">All images of the graph, for the keys of bases that are not published.</param>
/// <param name="externals">What the images are built on from outside.</param>
internal sealed class ReleaseRecord(Plan plan, ReleaseFacts facts, IReadOnlyDictionary<ImageReference, ExternalImage> externals)
{
    /// <param name="images">In dependency order.</param>
    /// <param name="others">Names of images that were built on other builds of their bases than are published: those have another digest, which nobody knows.</param>
    public ReleaseManifest Of(IReadOnlyList<PublishedImage> images, IReadOnlySet<string> others)
    {
        var keys = plan.Images.ToDictionary(image => image.Name, image => image.Key?.Hex, StringComparer.Ordinal);
        var digests = images.ToDictionary(image => image.Image.Name, image => image.Digest.ToString(), StringComparer.Ordinal);
        return new ReleaseManifest
        {
            Format = ReleaseManifest.CurrentFormat,
            Graph = plan.Graph.Graph.Name,
            Registry = plan.Graph.Graph.Registry,
            Version = facts.Version.Value?.ToNormalizedString(),
            Commit = facts.Commit.Value,
            Dirty = facts.IsDirty,
            Branch = facts.Branch.Value,
            Images = [.. images.Select(image => new ReleasedImage(image.Image.Name, image.Image.Key.Hex, image.Digest.ToString(), Repositories(image), Bases(image.Image.Planned.Image, keys, others.Contains(image.Image.Name) ? [] : digests)))],
        };
    }

    /// <summary>A tag that stayed with a higher version, or with another build of the same key, is not one of this release's.</summary>
    private static IReadOnlyList<ReleasedRepository> Repositories(PublishedImage image) =>
    [
        .. image.Image.Published.Select(repository => new ReleasedRepository(
            repository.ToString(),
            [.. image.Tags.Where(tag => tag.Action != TagAction.Stay && tag.Current == image.Digest && tag.Tag.Reference with { Tag = null } == repository).Select(tag => new ReleasedTag(tag.Tag.Tag, tag.Tag.Class, tag.Tag.Template.Text))])),
    ];

    private IReadOnlyList<ReleasedBase> Bases(ResolvedImage image, Dictionary<string, string?> keys, Dictionary<string, string> digests) =>
    [
        .. image.Bases.Select(name => new ReleasedBase(Image: name, Key: keys.GetValueOrDefault(name), Digest: digests.GetValueOrDefault(name))),
        .. image.Externals.Select(use => use.Source).Distinct().Select(source => new ReleasedBase(
            Reference: source.ToString(), Digest: source.Digest ?? externals[source].RegistryDigest, Content: externals[source].Identity)),
    ];
}
