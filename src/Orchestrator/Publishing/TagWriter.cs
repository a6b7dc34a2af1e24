using System.Collections.Concurrent;
using NuGet.Versioning;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Registry;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>
/// Writes the tags of images that arrived. A registry has no "write only if": so each tag is looked at right before it is written, and the moving ones
/// again afterwards, when two releases may have been published at the same time.
/// </summary>
internal sealed class TagWriter(Registries registries, IPublishReporter reporter)
{
    private readonly ConcurrentDictionary<PublishTag, PlannedTag> _done = new();

    /// <summary>All tags that name a version or a commit.</summary>
    /// <returns>The image that they stand for: the one that arrived, or what its version was published as before.</returns>
    public async Task<PublishedImage> WriteFixedAsync(PublishedImage image, CancellationToken cancellationToken)
    {
        image = await FollowVersionAsync(image, cancellationToken).ConfigureAwait(false);
        foreach (var tag in image.Image.Tags.Where(tag => tag.Class != TagClass.Moving).OrderBy(tag => tag.Class))
        {
            var current = await registries.ResolveAsync(tag.Reference, cancellationToken).ConfigureAwait(false);
            var found = current is not null && current != image.Digest && tag.Class == TagClass.Full ? await FoundAsync(image, tag, cancellationToken).ConfigureAwait(false) : null;
            if (found is { Action: TagAction.Keep })
            {
                Done(found);
            }
            else
            {
                await WriteAsync(tag, image.Manifest, current, found?.Reason ?? "", cancellationToken).ConfigureAwait(false);
            }
        }

        return image;
    }

    /// <summary>All moving tags, none of them to a lower version than its repository has.</summary>
    /// <returns>The image with what happened to all its tags.</returns>
    public async Task<PublishedImage> MoveAsync(PublishedImage image, CancellationToken cancellationToken)
    {
        foreach (var repository in image.Image.Tags.GroupBy(tag => tag.Reference with { Tag = null }))
        {
            var moving = repository.Where(tag => tag.Class == TagClass.Moving).ToList();
            var full = MovingTags.FullTag(repository);
            if (moving.Count > 0)
            {
                var before = await VersionsAsync(repository.Key, full, cancellationToken).ConfigureAwait(false);
                var written = await MoveAsync(image, moving, before, cancellationToken).ConfigureAwait(false);
                if (written.Count > 0 && full is not null)
                {
                    await GiveWayAsync(written, full, await VersionsAsync(repository.Key, full, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return image with { Tags = [.. image.Image.Tags.Select(tag => _done[tag])] };
    }

    /// <summary>A version that was published as another build of the same key stays that build, and so the tags beside it go there too.</summary>
    private async Task<PublishedImage> FollowVersionAsync(PublishedImage image, CancellationToken cancellationToken)
    {
        if (await VersionTag.FindAsync(registries, image.Image, image.Manifest, cancellationToken).ConfigureAwait(false) is not { } version || version.Digest == image.Digest)
        {
            return image;
        }

        foreach (var repository in image.Image.Published)
        {
            await registries.CopyAsync(version.Reference, repository, version.Digest, cancellationToken).ConfigureAwait(false);
        }

        return image with { Manifest = version.Manifest };
    }

    private async Task<List<PublishTag>> MoveAsync(PublishedImage image, List<PublishTag> moving, IReadOnlyList<NuGetVersion> published, CancellationToken cancellationToken)
    {
        var written = new List<PublishTag>();
        foreach (var tag in moving)
        {
            var current = await registries.ResolveAsync(tag, cancellationToken).ConfigureAwait(false);
            if (!MovingTags.MayMove(tag, published) && current != image.Digest)
            {
                Done(new PlannedTag(tag, TagAction.Stay, current, MovingVersions.WhyItStays(tag, published)));
            }
            else if (await WriteAsync(tag, image.Manifest, current, "", cancellationToken).ConfigureAwait(false))
            {
                written.Add(tag);
            }
        }

        return written;
    }

    /// <summary>
    /// A higher version was published while the tags moved, and its own move may have come first: whoever writes last sees the other's version
    /// here, and hands the tag over.
    /// </summary>
    private async Task GiveWayAsync(List<PublishTag> written, PublishTag full, IReadOnlyList<NuGetVersion> published, CancellationToken cancellationToken)
    {
        foreach (var tag in written.Where(tag => !MovingTags.MayMove(tag, published)))
        {
            var higher = MovingTags.Holder(tag, published)!;
            if (await registries.FindAsync(full.Reference with { Tag = MovingVersions.TagOf(full, higher) }, cancellationToken).ConfigureAwait(false) is { Lost: null } holder)
            {
                await registries.TagAsync(tag.Reference, holder.Manifest, cancellationToken).ConfigureAwait(false);
                Done(new PlannedTag(tag, TagAction.Stay, holder.Digest, MovingVersions.WhyItStays(tag, published)));
            }
        }
    }

    private async Task<IReadOnlyList<NuGetVersion>> VersionsAsync(ImageReference repository, PublishTag? full, CancellationToken cancellationToken) =>
        full is null ? [] : [.. MovingTags.Published(full, await registries.At(repository).ListTagsAsync(repository.Repository, cancellationToken).ConfigureAwait(false))];

    /// <summary>The version was published before, with another digest: right only when it has the same key, and to stay only when it is all of the image.</summary>
    private async Task<PlannedTag> FoundAsync(PublishedImage image, PublishTag tag, CancellationToken cancellationToken)
    {
        var judged = await VersionTag.JudgeAsync(registries, image.Image, tag, cancellationToken).ConfigureAwait(false);
        return judged.Action == TagAction.Conflict
            ? throw new PublishRefusedException(Rules.VersionTaken.At(tag.Template.Span, tag.Reference.Familiar, judged.Reason, image.Image.Key.Short))
            : judged;
    }

    /// <param name="reason">Why a tag moves that should not have to; else empty.</param>
    /// <returns>Whether something had to be written.</returns>
    private async Task<bool> WriteAsync(PublishTag tag, Manifest manifest, Digest? current, string reason, CancellationToken cancellationToken)
    {
        if (current == manifest.Digest)
        {
            Done(new PlannedTag(tag, TagAction.Keep, current));
            return false;
        }

        await registries.TagAsync(tag.Reference, manifest, cancellationToken).ConfigureAwait(false);
        Done(new PlannedTag(tag, current is null ? TagAction.Create : TagAction.Move, manifest.Digest, reason));
        return true;
    }

    private void Done(PlannedTag tag)
    {
        _done[tag.Tag] = tag;
        reporter.Tagged(tag);
    }
}
