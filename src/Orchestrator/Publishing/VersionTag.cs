using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>A version is published once: a tag that names one may be found again with the same key, never with another.</summary>
internal static class VersionTag
{
    public static async Task<PlannedTag> JudgeAsync(Registries registries, ReleaseImage image, PublishTag tag, CancellationToken cancellationToken)
    {
        var there = await registries.FindAsync(tag.Reference, cancellationToken).ConfigureAwait(false);
        return there is null ? new PlannedTag(tag, TagAction.Create, null)
            : there.Key == image.Key.Hex ? new PlannedTag(tag, TagAction.Keep, there.Digest)
            : new PlannedTag(tag, TagAction.Conflict, there.Digest, PublishFailure.Shown(there.Key));
    }
}
