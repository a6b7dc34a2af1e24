using Orchestrator.Registry;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>
/// A version is published once: a tag that names one may be found again with the same key, never with another. Where it stands for a part of the image only,
/// it was never published.
/// </summary>
internal static class VersionTag
{
    public const string NotWhole = "what is published is not all of the image";

    /// <summary>
    /// What a version was published as. Two builds of one key need not be the same bytes, and a version stays what it was first: so its other tags and its
    /// record follow it, wherever the key tag went meanwhile.
    /// </summary>
    /// <param name="candidate">What is about to be tagged, of this key; found again, it is not read again.</param>
    /// <returns>By the first version tag that stands for all of this image; null when none does.</returns>
    public static async Task<RegistryImage?> FindAsync(Registries registries, ReleaseImage image, Manifest? candidate, CancellationToken cancellationToken)
    {
        foreach (var tag in image.Tags.Where(tag => tag.Class == TagClass.Full))
        {
            var current = await registries.ResolveAsync(tag.Reference, cancellationToken).ConfigureAwait(false);
            if (current is not null && current == candidate?.Digest)
            {
                return new RegistryImage(tag.Reference, candidate, image.Key.Hex);
            }

            var there = current is null ? null : await registries.FindAsync(tag.Reference, cancellationToken).ConfigureAwait(false);
            if (there is not null && Judge(image, tag, there).Action == TagAction.Keep)
            {
                return there;
            }
        }

        return null;
    }

    public static async Task<PlannedTag> JudgeAsync(Registries registries, ReleaseImage image, PublishTag tag, CancellationToken cancellationToken)
    {
        var there = await registries.FindAsync(tag.Reference, cancellationToken).ConfigureAwait(false);
        return there is { Key: null, Lost: not null } && await LostIndexTag.IsOfAsync(registries, image, there.Digest, cancellationToken).ConfigureAwait(false)
            ? new PlannedTag(tag, TagAction.Move, there.Digest, NotWhole)
            : Judge(image, tag, there);
    }

    /// <summary>
    /// Looks at versions again: of two that saw nothing there and wrote, the one that was first learns here that it is not its image any more.
    /// </summary>
    /// <param name="done">What happened to tags; of those that name a version, each stands for its image.</param>
    /// <returns>The first that stands for something else by now, as it is now; null when none does.</returns>
    public static async Task<PlannedTag?> FindOvertakenAsync(Registries registries, IEnumerable<PlannedTag> done, CancellationToken cancellationToken)
    {
        foreach (var tag in done.Where(tag => tag.Tag.Class == TagClass.Full))
        {
            if (await registries.ResolveAsync(tag.Tag.Reference, cancellationToken).ConfigureAwait(false) is var now && now != tag.Current)
            {
                return tag with { Action = TagAction.Conflict, Current = now };
            }
        }

        return null;
    }

    private static PlannedTag Judge(ReleaseImage image, PublishTag tag, RegistryImage? there) =>
        there is null ? new PlannedTag(tag, TagAction.Create, null)
        : there is { Key: null, Lost: { } lost } ? new PlannedTag(tag, TagAction.Conflict, there.Digest, $"no key that can be read, for it lost {lost}")
        : there.Key != image.Key.Hex ? new PlannedTag(tag, TagAction.Conflict, there.Digest, PublishFailure.Shown(there.Key))
        : there.Lost is null && WholeImage.IsWhole(image.Planned.Image, there.Manifest) ? new PlannedTag(tag, TagAction.Keep, there.Digest)
        : new PlannedTag(tag, TagAction.Move, there.Digest, NotWhole);
}
