using System.Collections.Concurrent;
using Orchestrator.Diagnostics;
using Orchestrator.Registry;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>
/// Writes the tags of images that arrived. A registry has no "write only if": so each tag is looked at right before it is written, and again
/// afterwards, when two releases may have been published at the same time.
/// </summary>
internal sealed class TagWriter(Registries registries, IPublishReporter reporter, PublishFindings findings)
{
    private readonly ConcurrentDictionary<PublishTag, PlannedTag> _done = new();
    private readonly MovingTagWriter _moving = new(registries, findings);

    /// <summary>All tags that name a version or a commit.</summary>
    /// <returns>The image that they stand for: the one that arrived, or what its version was published as before.</returns>
    public async Task<PublishedImage> WriteFixedAsync(PublishedImage image, CancellationToken cancellationToken)
    {
        image = await FollowVersionAsync(image, cancellationToken).ConfigureAwait(false);
        foreach (var tag in image.Image.Tags.Where(tag => tag.Class != TagClass.Moving).OrderBy(tag => tag.Class))
        {
            var current = await registries.ResolveAsync(tag.Reference, cancellationToken).ConfigureAwait(false);
            var found = current is not null && current != image.Digest && tag.Class == TagClass.Full ? await FoundAsync(image, tag, current, cancellationToken).ConfigureAwait(false) : null;
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

    /// <summary>Looks at the versions once more before any tag moves.</summary>
    /// <inheritdoc cref="WriteFixedAsync"/>
    public async Task<PublishedImage> CheckFixedAsync(PublishedImage image, CancellationToken cancellationToken) =>
        await VersionTag.FindOvertakenAsync(registries, image.Image.Tags.Select(tag => _done.GetValueOrDefault(tag)).OfType<PlannedTag>(), cancellationToken).ConfigureAwait(false) is null
            ? image
            : await WriteFixedAsync(image, cancellationToken).ConfigureAwait(false);

    /// <summary>All moving tags, none of them to a lower version than its repository has.</summary>
    /// <returns>The image with what happened to all its tags.</returns>
    public async Task<PublishedImage> MoveAsync(PublishedImage image, CancellationToken cancellationToken)
    {
        foreach (var repository in image.Image.Tags.GroupBy(tag => tag.Reference with { Tag = null }))
        {
            await _moving.WriteAsync([.. repository.Where(tag => tag.Class == TagClass.Moving)], MovingTags.FullTag(repository), image.Manifest, Done, cancellationToken).ConfigureAwait(false);
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

    /// <summary>The version was published before, with another digest: right only when it has the same key, and to stay only when it is all of the image.</summary>
    private async Task<PlannedTag> FoundAsync(PublishedImage image, PublishTag tag, Digest? current, CancellationToken cancellationToken)
    {
        var judged = current == image.Broken ? new PlannedTag(tag, TagAction.Move, current, VersionTag.NotWhole)
            : await VersionTag.JudgeAsync(registries, image.Image, tag, cancellationToken).ConfigureAwait(false);
        return judged.Action == TagAction.Conflict
            ? throw new PublishRefusedException(Rules.VersionTaken.At(tag.Template.Span, tag.Reference.FamiliarWithTag, judged.Reason, image.Image.Key.Short))
            : judged;
    }

    /// <param name="reason">Why a tag moves that should not have to; else empty.</param>
    private async Task WriteAsync(PublishTag tag, Manifest manifest, Digest? current, string reason, CancellationToken cancellationToken)
    {
        if (current == manifest.Digest)
        {
            Done(new PlannedTag(tag, TagAction.Keep, current));
            return;
        }

        await registries.TagAsync(tag.Reference, manifest, cancellationToken).ConfigureAwait(false);
        Done(new PlannedTag(tag, current is null ? TagAction.Create : TagAction.Move, manifest.Digest, reason));
    }

    private void Done(PlannedTag tag)
    {
        _done[tag.Tag] = tag;
        reporter.Tagged(tag);
    }
}
