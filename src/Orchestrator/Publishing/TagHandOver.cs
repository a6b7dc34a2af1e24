using NuGet.Versioning;
using Orchestrator.Diagnostics;
using Orchestrator.Registry;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>
/// A higher version may be published while the tags of a lower one move, and its own move may come first: whoever writes last sees the other's version in the
/// repository, and hands the tag over. A third one may have been published by then, so the repository is looked at until nothing is left to hand over.
/// </summary>
/// <param name="isDryRun">Tells what would happen, and writes nothing.</param>
internal sealed class TagHandOver(Registries registries, PublishFindings findings, bool isDryRun)
{
    /// <summary>Nobody publishes so many releases at the same time.</summary>
    private const int MostRounds = 10;

    /// <param name="digest">What the tags stand for.</param>
    /// <param name="held">Moving tags of one repository.</param>
    /// <param name="full">Shows which versions are published beside them.</param>
    /// <returns>The tags that a higher version has now.</returns>
    public async Task<IReadOnlyList<PlannedTag>> RunAsync(Digest digest, IReadOnlyList<PublishTag> held, PublishTag full, CancellationToken cancellationToken)
    {
        var now = held.ToDictionary(tag => tag, tag => new PlannedTag(tag, TagAction.Keep, digest));
        var unread = new Dictionary<PublishTag, Diagnostic>();
        var isChanged = held.Count > 0;
        for (var round = 0; isChanged && round < MostRounds; round++)
        {
            isChanged = false;
            unread.Clear();
            var published = await MovingVersions.ListAsync(registries, full, cancellationToken).ConfigureAwait(false);
            foreach (var tag in held.Where(tag => !MovingTags.MayMove(tag, published)))
            {
                var before = now[tag];
                now[tag] = await StepAsync(before, full, published, unread, cancellationToken).ConfigureAwait(false);
                isChanged |= now[tag] != before;
            }
        }

        foreach (var diagnostic in unread.Values)
        {
            findings.Add(diagnostic);
        }

        return [.. now.Values.Where(tag => tag.Action == TagAction.Stay)];
    }

    private async Task<PlannedTag> StepAsync(
        PlannedTag held, PublishTag full, IReadOnlyList<NuGetVersion> published, Dictionary<PublishTag, Diagnostic> unread, CancellationToken cancellationToken)
    {
        var higher = MovingTags.Holder(held.Tag, published)!;
        var reference = full.Reference with { Tag = MovingVersions.TagOf(full, higher) };
        if (await registries.FindAsync(reference, cancellationToken).ConfigureAwait(false) is not { Lost: null } holder)
        {
            unread[held.Tag] = Rules.HigherVersionBroken.At(held.Tag.Template.Span, held.Tag.Reference.FamiliarWithTag, higher.ToNormalizedString(), reference.FamiliarWithTag);
            return held;
        }

        if (!isDryRun && await registries.ResolveAsync(held.Tag, cancellationToken).ConfigureAwait(false) != holder.Digest)
        {
            await registries.TagAsync(held.Tag.Reference, holder.Manifest, cancellationToken).ConfigureAwait(false);
        }

        return new PlannedTag(held.Tag, TagAction.Stay, holder.Digest, MovingVersions.WhyItStays(held.Tag, published));
    }
}
