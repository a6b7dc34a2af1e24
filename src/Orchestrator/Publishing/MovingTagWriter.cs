using NuGet.Versioning;
using Orchestrator.Registry;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>
/// Gives an image its moving tags in one repository, none of them to a lower version than is published there. Others publish meanwhile: so what a plan said is decided
/// anew right before a tag is written, and looked at once more afterwards.
/// </summary>
/// <param name="isDryRun">Nothing is going to be written, so what handing over would find has to be told with the plan.</param>
internal sealed class MovingTagWriter(Registries registries, PublishFindings findings, bool isDryRun = false)
{
    private readonly TagHandOver _handOver = new(registries, findings, isDryRun);

    /// <summary>What would happen now; changes nothing.</summary>
    /// <param name="moving">Moving tags of one repository.</param>
    /// <param name="full">Shows which versions are published beside them; null: nothing does.</param>
    /// <param name="digest">What the tags are going to stand for; null when that is not known before it is pushed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<PlannedTag>> PlanAsync(IReadOnlyList<PublishTag> moving, PublishTag? full, Digest? digest, CancellationToken cancellationToken)
    {
        var published = await PublishedAsync(moving, full, cancellationToken).ConfigureAwait(false);
        var planned = new List<PlannedTag>();
        foreach (var tag in moving)
        {
            planned.Add(Judge(tag, digest, await registries.ResolveAsync(tag, cancellationToken).ConfigureAwait(false), published));
        }

        return isDryRun ? await HandOverAsync(planned, [.. planned.Where(tag => IsToBeHandedOver(tag, published))], full, cancellationToken).ConfigureAwait(false) : planned;
    }

    /// <inheritdoc cref="PlanAsync"/>
    /// <param name="manifest">What the tags are to stand for; their repository has it.</param>
    /// <param name="done">Told of each tag when it is written or stays.</param>
    /// <returns>What happened to the tags, in their order.</returns>
    public async Task<IReadOnlyList<PlannedTag>> WriteAsync(
        IReadOnlyList<PublishTag> moving, PublishTag? full, Manifest manifest, Action<PlannedTag> done, CancellationToken cancellationToken)
    {
        var published = await PublishedAsync(moving, full, cancellationToken).ConfigureAwait(false);
        var (written, held, told) = (new List<PlannedTag>(), new List<PlannedTag>(), new List<PlannedTag>());
        foreach (var tag in moving)
        {
            var judged = Judge(tag, manifest.Digest, await registries.ResolveAsync(tag, cancellationToken).ConfigureAwait(false), published);
            if (judged.Action is TagAction.Create or TagAction.Move)
            {
                await registries.TagAsync(tag.Reference, manifest, cancellationToken).ConfigureAwait(false);
                judged = judged with { Current = manifest.Digest };
            }

            written.Add(judged);
            if (judged.Action is TagAction.Create or TagAction.Move || IsToBeHandedOver(judged, published))
            {
                held.Add(judged);
            }

            if (!IsToBeHandedOver(judged, published))
            {
                told.Add(judged);
                done(judged);
            }
        }

        var after = await HandOverAsync(written, held, full, cancellationToken).ConfigureAwait(false);
        foreach (var tag in after.Except(told))
        {
            done(tag);
        }

        return after;
    }

    private static PlannedTag Judge(PublishTag tag, Digest? digest, Digest? current, IReadOnlyList<NuGetVersion> published) =>
        current is not null && current == digest ? new PlannedTag(tag, TagAction.Keep, current)
        : !MovingTags.MayMove(tag, published) ? new PlannedTag(tag, TagAction.Stay, current, MovingVersions.WhyItStays(tag, published))
        : new PlannedTag(tag, current is null ? TagAction.Create : TagAction.Move, current);

    /// <summary>An earlier run wrote it and was not able to hand it over.</summary>
    private static bool IsToBeHandedOver(PlannedTag tag, IReadOnlyList<NuGetVersion> published) => tag.Action == TagAction.Keep && !MovingTags.MayMove(tag.Tag, published);

    private async Task<IReadOnlyList<NuGetVersion>> PublishedAsync(IReadOnlyList<PublishTag> moving, PublishTag? full, CancellationToken cancellationToken) =>
        full is null || moving.Count == 0 ? [] : await MovingVersions.ListAsync(registries, full, cancellationToken).ConfigureAwait(false);

    /// <param name="held">Those of <paramref name="tags"/> that stand for the image and may have to go to a higher version.</param>
    private async Task<IReadOnlyList<PlannedTag>> HandOverAsync(IReadOnlyList<PlannedTag> tags, IReadOnlyList<PlannedTag> held, PublishTag? full, CancellationToken cancellationToken)
    {
        if (full is null || held.Count == 0)
        {
            return tags;
        }

        var handed = await _handOver.RunAsync(held[0].Current!.Value, [.. held.Select(tag => tag.Tag)], full, cancellationToken).ConfigureAwait(false);
        return [.. tags.Select(tag => handed.FirstOrDefault(other => other.Tag == tag.Tag) ?? tag)];
    }
}
