using Orchestrator.Diagnostics;
using Orchestrator.Registry;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>
/// Gives images that were published another place or another name, without building and by digest: whole indexes with everything that lies in them.
/// All images are copied before any is tagged, versions are tagged before moving tags, and whatever somebody else moved since it was looked at is
/// left as it is; but of moving tags that versions put in order, those that are published when they are written decide, as in a push.
/// </summary>
internal sealed class Promotion(Registries registries, IPublishReporter reporter, PublishOptions options, PublishFindings findings, SourceSpan span)
{
    /// <summary>Nothing is going to be written. Default: false.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Asks what would happen; changes nothing.</summary>
    /// <returns>One entry for each image that can be promoted.</returns>
    public async Task<IReadOnlyList<PlannedPromotion>> PlanAsync(IReadOnlyList<PromotedImage> images, CancellationToken cancellationToken)
    {
        var planned = new PlannedPromotion?[images.Count];
        await EachAsync([.. Enumerable.Range(0, images.Count)], async (index, token) => planned[index] = await PlanAsync(images[index], token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (IsDryRun)
        {
            TellApart(planned.OfType<PlannedPromotion>());
        }

        return [.. planned.OfType<PlannedPromotion>()];
    }

    /// <returns>What was done; null when not all of it was. A step is only begun when the one before is done for all images.</returns>
    public async Task<IReadOnlyList<PlannedPromotion>?> RunAsync(IReadOnlyList<PlannedPromotion> plan, CancellationToken cancellationToken)
    {
        var seen = plan.ToArray();
        var moving = new MovingTagWriter(registries, findings);
        if (!await EachAsync(plan, CopyAsync, cancellationToken).ConfigureAwait(false)
            || !await EachAsync(plan, (promotion, token) => CheckWitnessesAsync(promotion.Image, token), cancellationToken).ConfigureAwait(false)
            || !await ChangeAsync(SeeAsync).ConfigureAwait(false)
            || !await ChangeAsync((promotion, token) => TagAsync(promotion, TagsOf(promotion, isMoving: false), token)).ConfigureAwait(false)
            || !await EachAsync(seen, CheckVersionsAsync, cancellationToken).ConfigureAwait(false)
            || !await ChangeAsync((promotion, token) => MoveAsync(promotion, moving, token)).ConfigureAwait(false))
        {
            return null;
        }

        TellApart(seen);
        return seen;

        Task<bool> ChangeAsync(Func<PlannedPromotion, CancellationToken, Task<PlannedPromotion>> step) =>
            EachAsync([.. Enumerable.Range(0, seen.Length)], async (index, token) => seen[index] = await step(seen[index], token).ConfigureAwait(false), cancellationToken);
    }

    private void TellApart(IEnumerable<PlannedPromotion> promotions)
    {
        foreach (var apart in ReleasesApart.Find(promotions.SelectMany(promotion => promotion.Tags)))
        {
            findings.Add(apart);
        }
    }

    private async Task<PlannedPromotion> PlanAsync(PromotedImage image, CancellationToken cancellationToken)
    {
        var source = image.From with { Digest = image.Digest.ToString() };
        if (await registries.ResolveAsync(source, cancellationToken).ConfigureAwait(false) is null)
        {
            throw new PublishRefusedException(Rules.PromotionSourceMissing.At(span, source.Familiar));
        }

        await CheckWitnessesAsync(image, cancellationToken).ConfigureAwait(false);
        if (!IsDryRun)
        {
            registries.WillWrite(image.To);
        }

        try
        {
            var isThere = await registries.ResolveAsync(image.To with { Digest = image.Digest.ToString() }, cancellationToken).ConfigureAwait(false) is not null;
            var tags = await TagsAsync(image, cancellationToken).ConfigureAwait(false);
            foreach (var conflict in tags.Where(tag => tag.Action == TagAction.Conflict))
            {
                findings.Add(Taken(image, conflict));
            }

            return new PlannedPromotion(image, isThere, tags);
        }
        catch (RegistryApiException exception) when (exception.MayMeanAbsent)
        {
            if (IsDryRun)
            {
                findings.Add(Rules.RepositoryNotSeen.At(span, image.To.Familiar, exception.Message));
            }

            return new PlannedPromotion(image, false, [.. image.Tags.Select(tag => new PlannedTag(tag, TagAction.Create, null))]) { IsSeen = false };
        }
    }

    /// <summary>What has to happen to each tag, as they are now.</summary>
    private async Task<IReadOnlyList<PlannedTag>> TagsAsync(PromotedImage image, CancellationToken cancellationToken)
    {
        var ordered = await new MovingTagWriter(registries, findings, IsDryRun).PlanAsync(image.Ordered, image.FullTag, image.Digest, cancellationToken).ConfigureAwait(false);
        var tags = new List<PlannedTag>();
        foreach (var tag in image.Tags)
        {
            tags.Add(ordered.FirstOrDefault(planned => planned.Tag == tag) ?? Judge(image, tag, await registries.ResolveAsync(tag, cancellationToken).ConfigureAwait(false)));
        }

        return tags;
    }

    private static PlannedTag Judge(PromotedImage image, PublishTag tag, Digest? current) => new(
        tag,
        current == image.Digest ? TagAction.Keep : current is null ? TagAction.Create : tag.Class == TagClass.Full ? TagAction.Conflict : TagAction.Move,
        current);

    /// <summary>What could not be seen before the image was there is looked at now, before anything is tagged.</summary>
    private async Task<PlannedPromotion> SeeAsync(PlannedPromotion promotion, CancellationToken cancellationToken)
    {
        if (promotion.IsSeen)
        {
            return promotion;
        }

        var tags = await TagsAsync(promotion.Image, cancellationToken).ConfigureAwait(false);
        return tags.FirstOrDefault(tag => tag.Action == TagAction.Conflict) is { } conflict
            ? throw new PublishRefusedException(Taken(promotion.Image, conflict))
            : promotion with { Tags = tags, IsSeen = true };
    }

    private async Task CopyAsync(PlannedPromotion promotion, CancellationToken cancellationToken)
    {
        var image = promotion.Image;
        // Also where the image is there: what lies in its index or is about it may not be. Only what is missing is sent.
        await registries.CopyAsync(image.From, image.To, image.Digest, cancellationToken).ConfigureAwait(false);

        // Read back: what is tagged next must be there under its digest, whatever the registry answered.
        if (await registries.ResolveAsync(image.To with { Digest = image.Digest.ToString() }, cancellationToken).ConfigureAwait(false) != image.Digest)
        {
            throw new PublishRefusedException(Rules.PushNotThere.At(span, image.To.Familiar, image.Digest, "not got it"));
        }
    }

    private async Task CheckWitnessesAsync(PromotedImage image, CancellationToken cancellationToken)
    {
        foreach (var witness in image.Witnesses)
        {
            var now = await registries.ResolveAsync(witness, cancellationToken).ConfigureAwait(false);
            if (now != image.Digest)
            {
                throw Moved(witness.FamiliarWithTag, image.Digest.ToString(), now?.ToString());
            }
        }
    }

    /// <param name="tags">Of those that were planned.</param>
    private async Task<PlannedPromotion> TagAsync(PlannedPromotion promotion, IEnumerable<PlannedTag> tags, CancellationToken cancellationToken)
    {
        var done = new List<PlannedTag>();
        foreach (var planned in tags)
        {
            if (planned.Action is TagAction.Create or TagAction.Move)
            {
                var now = await registries.ResolveAsync(planned.Tag, cancellationToken).ConfigureAwait(false);
                if (now != planned.Current && now != promotion.Image.Digest)
                {
                    throw Moved(planned.Tag.Reference.FamiliarWithTag, planned.Current?.ToString() ?? "not there", now?.ToString());
                }

                await registries.TagAsync(planned.Tag.Reference, await ManifestAsync(promotion.Image, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }

            done.Add(planned with { Current = promotion.Image.Digest });
            reporter.Tagged(planned);
        }

        return promotion.With(done);
    }

    /// <summary>Once more, before any tag moves.</summary>
    private async Task CheckVersionsAsync(PlannedPromotion promotion, CancellationToken cancellationToken)
    {
        if (await VersionTag.FindOvertakenAsync(registries, promotion.Tags, cancellationToken).ConfigureAwait(false) is { } tag)
        {
            throw tag.Current is null ? Moved(tag.Tag.Reference.FamiliarWithTag, promotion.Image.Digest.ToString(), null) : new PublishRefusedException(Taken(promotion.Image, tag));
        }
    }

    private async Task<PlannedPromotion> MoveAsync(PlannedPromotion promotion, MovingTagWriter moving, CancellationToken cancellationToken)
    {
        var image = promotion.Image;
        var ordered = image.Ordered;
        var done = await TagAsync(promotion, TagsOf(promotion, isMoving: true).Where(tag => !ordered.Contains(tag.Tag)), cancellationToken).ConfigureAwait(false);
        return ordered.Count == 0 ? done : done.With(
            await moving.WriteAsync(ordered, image.FullTag, await ManifestAsync(image, cancellationToken).ConfigureAwait(false), reporter.Tagged, cancellationToken).ConfigureAwait(false));
    }

    private static IEnumerable<PlannedTag> TagsOf(PlannedPromotion promotion, bool isMoving) => promotion.Tags.Where(tag => tag.Tag.Class == TagClass.Moving == isMoving);

    private Task<Manifest> ManifestAsync(PromotedImage image, CancellationToken cancellationToken) =>
        registries.FindManifestAsync(image.To with { Digest = image.Digest.ToString() }, cancellationToken);

    private Diagnostic Taken(PromotedImage image, PlannedTag conflict) =>
        Rules.PromotionTargetTaken.At(span, conflict.Tag.Reference.FamiliarWithTag, conflict.Current!, image.Digest);

    private PublishRefusedException Moved(string reference, string before, string? now) => new(Rules.TagMoved.At(span, reference, before, now ?? "gone"));

    private async Task<bool> EachAsync<T>(IReadOnlyList<T> items, Func<T, CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        var failed = 0;
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken }, async (item, token) =>
        {
            try
            {
                await step(item, token).ConfigureAwait(false);
            }
            catch (Exception exception) when (PublishFailure.Explain(exception, span) is { } diagnostic)
            {
                findings.Add(diagnostic);
                Interlocked.Increment(ref failed);
            }
        }).ConfigureAwait(false);
        return failed == 0;
    }
}
