using NuGet.Versioning;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Graph.TagTemplates;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>Understands what a person wants promoted: one image by its reference, or a release by its manifest.</summary>
internal sealed class PromotionRequest(Registries registries, DiagnosticBag diagnostics)
{
    /// <summary>One image.</summary>
    /// <param name="from">With a tag or a digest; not the name of a file that is there.</param>
    /// <param name="to">With a tag; without one, the tag of <paramref name="from"/> is meant.</param>
    /// <returns>Null when it is no promotion; that was reported.</returns>
    public async Task<PromotedImage?> ReadAsync(string from, string to, CancellationToken cancellationToken)
    {
        if (!ImageReference.TryParse(from, out var source) || !(IsTagged(from) || source.Digest is not null))
        {
            diagnostics.Add(Rules.PromotionReference.Anywhere(from, $"to '{to}'", "there is no such file, and it is no image reference with a tag or a digest"));
            return null;
        }

        if (!ImageReference.TryParse(to, out var target) || target.Digest is not null)
        {
            diagnostics.Add(Rules.PromotionReference.Anywhere(from, $"to '{to}'", "the second one must be an image reference, without a digest"));
            return null;
        }

        if (!IsTagged(to))
        {
            target = target with { Tag = IsTagged(from) ? source.Tag : null };
        }

        if (target.Tag is null)
        {
            diagnostics.Add(Rules.PromotionReference.Anywhere(from, $"to '{to}'", "the second one has no tag, and the first one none to take"));
            return null;
        }

        if (await registries.ResolveAsync(source, cancellationToken).ConfigureAwait(false) is not { } digest)
        {
            diagnostics.Add(Rules.PromotionSourceMissing.Anywhere(source.FamiliarWithTag));
            return null;
        }

        return new PromotedImage(source with { Tag = null, Digest = null }, digest, target with { Tag = null }, [Tag(target)])
        {
            Witnesses = source.Digest is null ? [source] : [],
        };
    }

    /// <summary>All images of a release.</summary>
    /// <param name="prefix">What the release's <c>registry</c> is replaced by; null where the release keeps its repositories.</param>
    /// <param name="tags">Instead of the release's own tags, when there are any.</param>
    public IReadOnlyList<PromotedImage> Read(ReleaseManifest release, string? prefix, IReadOnlyList<string> tags)
    {
        var version = release.Version is null ? null : NuGetVersion.TryParse(release.Version, out var parsed) ? parsed : null;
        var images = new List<PromotedImage>();
        var claims = new Dictionary<ImageReference, ReleasedImage>();
        foreach (var image in release.Images)
        {
            foreach (var repository in image.Repositories)
            {
                if (Target(repository.Reference, release.Registry, prefix) is not { } target || tags.Any(tag => TagGrammar.Objection(tag) is not null))
                {
                    diagnostics.Add(Rules.PromotionReference.Anywhere(repository.Name, $"to '{prefix}'", "a registry would refuse the repository or a tag"));
                    continue;
                }

                var promoted = new PromotedImage(
                    repository.Reference, image.Parsed, target,
                    tags.Count > 0 ? [.. tags.Select(tag => Tag(target with { Tag = tag }))] : [.. repository.Tags.Select(tag => tag.In(target, version))])
                {
                    Witnesses = [.. repository.Tags.Where(tag => tag.Class != TagClass.Moving).Select(tag => repository.Reference with { Tag = tag.Tag })],
                };
                Claim(claims, image, promoted);
                images.Add(promoted);
            }
        }

        return images;
    }

    /// <summary>A repository below the release's registry keeps what is behind it; any other keeps its whole path.</summary>
    public static ImageReference? Target(ImageReference repository, string? registry, string? prefix)
    {
        if (prefix is null)
        {
            return repository;
        }

        var name = repository.ToString();
        var rest = registry is not null && name.StartsWith(registry + "/", StringComparison.Ordinal) ? name[(registry.Length + 1)..] : repository.Repository;
        return ImageReference.TryParse($"{prefix.TrimEnd('/')}/{rest}", out var target) ? target with { Tag = null } : null;
    }

    /// <summary>A tag that reads as a version names it for good; any other may move, and no version orders it.</summary>
    public static TagClass ClassOf(string tag) => TagVersion.IsNamedBy(tag) ? TagClass.Full : TagClass.Moving;

    /// <summary>One tag for two images would stand for whichever is written last: of targets in one repository, or of repositories that differ in their registry only.</summary>
    private void Claim(Dictionary<ImageReference, ReleasedImage> claims, ReleasedImage image, PromotedImage promoted)
    {
        foreach (var tag in promoted.Tags)
        {
            if (!claims.TryAdd(tag.Reference, image) && claims[tag.Reference] is var first && first.Digest != image.Digest)
            {
                diagnostics.Add(Rules.PromotionClaimedTwice.Anywhere(image.Image, first.Image, tag.Reference.FamiliarWithTag));
            }
        }
    }

    private static PublishTag Tag(ImageReference reference) =>
        new(reference, ClassOf(reference.Tag!), null, new TagTemplate(reference.Tag!, SourceSpan.None, [new TagPiece(reference.Tag!, null, null)]));

    private static bool IsTagged(string reference)
    {
        var name = reference.Split('@')[0];
        return name.LastIndexOf(':') > name.LastIndexOf('/');
    }
}
