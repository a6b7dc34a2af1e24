using System.Collections.Concurrent;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Registry;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>
/// Asks the registries what publishing would do, and changes nothing. What cannot end well is found here, before a byte is sent: a version that
/// exists with another image, a key tag that is not ours, an image that is nowhere.
/// </summary>
/// <param name="builds">What is not built will be, so that it is nowhere is no obstacle.</param>
internal sealed class PublishPlanner(Registries registries, int parallel, PublishFindings findings, bool builds = false)
{
    private readonly ConcurrentDictionary<ImageReference, bool> _unseen = new();

    /// <summary>Nothing is going to be written. Default: false.</summary>
    public bool IsDryRun { get; init; }

    /// <returns>One entry for each image, in their order; not to be carried out when there are errors.</returns>
    public async Task<IReadOnlyList<PlannedPush>> PlanAsync(IReadOnlyList<ReleaseImage> images, CancellationToken cancellationToken)
    {
        var planned = new PlannedPush[images.Count];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await Parallel.ForAsync(0, images.Count, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = stop.Token }, async (index, token) =>
            {
                try
                {
                    planned[index] = await PlanAsync(images[index], token).ConfigureAwait(false);
                }
                catch (Exception exception) when (PublishFailure.Explain(exception, images[index]) is { } diagnostic)
                {
                    planned[index] = new PlannedPush(images[index], null, []);
                    findings.Add(diagnostic);
                    if (exception is not PublishRefusedException)
                    {
                        await stop.CancelAsync().ConfigureAwait(false);
                    }
                }
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A registry that cannot be asked is told once, not once for each image.
        }

        foreach (var apart in IsDryRun ? ReleasesApart.Find(planned.OfType<PlannedPush>().SelectMany(push => push.Tags)) : [])
        {
            findings.Add(apart);
        }

        return [.. planned.OfType<PlannedPush>()];
    }

    private async Task<PlannedPush> PlanAsync(ReleaseImage image, CancellationToken cancellationToken)
    {
        foreach (var repository in IsDryRun ? [] : image.Repositories)
        {
            registries.WillWrite(repository);
        }

        var found = await SeeAsync(image, image.Home, () => FindAsync(image, cancellationToken)).ConfigureAwait(false);
        var existing = found is { Lost: null } && !image.Replaces && WholeImage.IsWhole(image.Planned.Image, found.Manifest) ? found : null;
        if (existing is null && !image.IsOnEngine && !builds)
        {
            throw new PublishRefusedException(Rules.NotBuilt.At(image.Node.Span, image.Node.DisplayName, image.Planned.Reason));
        }

        var version = await SeeAsync(image, null, () => VersionTag.FindAsync(registries, image, existing?.Manifest, cancellationToken)).ConfigureAwait(false);
        var broken = found?.Lost is null ? null : (Digest?)found.Digest;
        var tags = new List<PlannedTag>();
        foreach (var repository in image.Tags.GroupBy(tag => tag.Reference with { Tag = null }))
        {
            tags.AddRange(await SeeAsync(image, repository.Key, () => PlanAsync(image, repository, version?.Digest ?? existing?.Digest, broken, cancellationToken)).ConfigureAwait(false)
                ?? [.. repository.Select(tag => new PlannedTag(tag, TagAction.Create, null))]);
        }

        foreach (var conflict in tags.Where(tag => tag.Action == TagAction.Conflict))
        {
            findings.Add(Rules.VersionTaken.At(conflict.Tag.Template.Span, conflict.Tag.Reference.FamiliarWithTag, conflict.Reason, image.Key.Short));
        }

        return new PlannedPush(image, existing?.Digest, tags) { Broken = broken };
    }

    /// <summary>
    /// Asks about a repository. A registry that hides what is not there yet is believed that it is not there: the push is going to find out, and every tag is looked
    /// at again right before it is written. What is not on the engine could not be pushed then, so the refusal stands.
    /// </summary>
    /// <param name="repository">Told to the user of a dry run; null when it is asked about a second time.</param>
    private async Task<T?> SeeAsync<T>(ReleaseImage image, ImageReference? repository, Func<Task<T?>> ask)
        where T : class
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (RegistryApiException exception) when (exception.MayMeanAbsent && (image.IsOnEngine || builds))
        {
            if (IsDryRun && repository is not null && _unseen.TryAdd(repository, true))
            {
                findings.Add(Rules.RepositoryNotSeen.At(image.Node.Span, repository.Familiar, exception.Message));
            }

            return null;
        }
    }

    /// <summary>The tags of one repository.</summary>
    private async Task<List<PlannedTag>?> PlanAsync(ReleaseImage image, IGrouping<ImageReference, PublishTag> repository, Digest? digest, Digest? broken, CancellationToken cancellationToken)
    {
        var moving = await new MovingTagWriter(registries, findings, IsDryRun)
            .PlanAsync([.. repository.Where(tag => tag.Class == TagClass.Moving)], MovingTags.FullTag(repository), digest, cancellationToken).ConfigureAwait(false);
        var tags = new List<PlannedTag>();
        foreach (var tag in repository)
        {
            tags.Add(moving.FirstOrDefault(planned => planned.Tag == tag) ?? await PlanAsync(image, tag, digest, broken, cancellationToken).ConfigureAwait(false));
        }

        return tags;
    }

    /// <summary>What the key tag stands for. An index of which parts are lost counts as not there, and is pushed again; that it is another image must be known.</summary>
    private async Task<RegistryImage?> FindAsync(ReleaseImage image, CancellationToken cancellationToken)
    {
        var found = await registries.FindAsync(image.KeyReference, cancellationToken).ConfigureAwait(false);
        return found is null || found.Key == image.Key.Hex || found is { Key: null, Lost: not null }
            ? found
            : throw new PublishRefusedException(Rules.ForeignKeyTag.At(image.Node.Span, image.KeyReference.Familiar, image.Node.DisplayName, PublishFailure.Shown(found.Key)));
    }

    /// <summary>A tag that names a version or a commit.</summary>
    /// <param name="digest">What the tag is going to stand for; null when it is not known before it is pushed.</param>
    /// <param name="broken">As <see cref="PlannedPush.Broken"/>.</param>
    private async Task<PlannedTag> PlanAsync(ReleaseImage image, PublishTag tag, Digest? digest, Digest? broken, CancellationToken cancellationToken)
    {
        var current = await registries.ResolveAsync(tag, cancellationToken).ConfigureAwait(false);
        return current is not null && current == digest ? new PlannedTag(tag, TagAction.Keep, current)
            : tag.Class != TagClass.Full || current is null ? new PlannedTag(tag, current is null ? TagAction.Create : TagAction.Move, current)
            : current == broken ? new PlannedTag(tag, TagAction.Move, current, VersionTag.NotWhole)
            : await VersionTag.JudgeAsync(registries, image, tag, cancellationToken).ConfigureAwait(false);
    }
}
