using System.Collections.Concurrent;
using Orchestrator.Diagnostics;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>
/// Publishes a release in steps, each of which begins when the one before is done for all images: every image under its key tag, where nobody looks
/// for it; then all tags that name a version or a commit; then the moving ones. So no tag ever stands for an image of another key, a moving tag
/// never for a release that is not whole, and a run that ends anywhere is completed by the next one.
/// </summary>
internal sealed class PublishRun(EnginePush engine, Registries registries, IPublishReporter reporter, PublishOptions options, PublishFindings findings)
{
    /// <param name="plan">Without conflicts, in dependency order.</param>
    /// <returns>The images with what happened to their tags; null when a step failed, and then no later step was begun.</returns>
    public async Task<IReadOnlyList<PublishedImage>?> RunAsync(IReadOnlyList<PlannedPush> plan, CancellationToken cancellationToken)
    {
        var arrived = new ConcurrentDictionary<string, PublishedImage>(StringComparer.Ordinal);
        if (!await SendAllAsync(plan, arrived, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var images = plan.Select(push => arrived[push.Image.Name]).ToList();
        var tags = new TagWriter(registries, reporter, findings);
        var published = await EachAsync(images, tags.WriteFixedAsync, cancellationToken).ConfigureAwait(false) is { } named
            && await EachAsync(named, tags.CheckFixedAsync, cancellationToken).ConfigureAwait(false) is { } stands
            ? await EachAsync(stands, tags.MoveAsync, cancellationToken).ConfigureAwait(false)
            : null;
        foreach (var apart in ReleasesApart.Find((published ?? []).SelectMany(image => image.Tags)))
        {
            findings.Add(apart);
        }

        return published;
    }

    /// <summary>
    /// An image is sent after what it is built from: the registry then mounts the layers that they share instead of receiving them again. The first
    /// failure ends the sending, for whatever it is, a hundred images would meet it too.
    /// </summary>
    private async Task<bool> SendAllAsync(IReadOnlyList<PlannedPush> plan, ConcurrentDictionary<string, PublishedImage> arrived, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var gate = new SemaphoreSlim(options.Parallel);
        var sending = new Dictionary<string, Task>(StringComparer.Ordinal);
        foreach (var push in plan)
        {
            var bases = push.Image.Planned.Image.Bases.Select(name => sending.GetValueOrDefault(name)).OfType<Task>().ToList();
            sending.Add(push.Image.Name, AfterBasesAsync(push, bases));
        }

        await Task.WhenAll(sending.Values).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return arrived.Count == plan.Count;

        async Task AfterBasesAsync(PlannedPush push, List<Task> bases)
        {
            await Task.WhenAll(bases).ConfigureAwait(false);
            try
            {
                await gate.WaitAsync(stop.Token).ConfigureAwait(false);
                try
                {
                    arrived[push.Image.Name] = await SendAsync(push, stop.Token).ConfigureAwait(false);
                }
                finally
                {
                    gate.Release();
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Told by whoever stopped it.
            }
            catch (Exception exception) when (PublishFailure.Explain(exception, push.Image) is { } diagnostic)
            {
                findings.Add(diagnostic);
                await stop.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<PublishedImage> SendAsync(PlannedPush push, CancellationToken cancellationToken)
    {
        var published = push.Existing is { } existing
            ? new PublishedImage(push.Image, await FoundAsync(push.Image, existing, cancellationToken).ConfigureAwait(false), 0, 0)
            : await engine.RunAsync(push, cancellationToken).ConfigureAwait(false);
        foreach (var repository in push.Image.Repositories.Skip(1))
        {
            await registries.CopyAsync(push.Image.Home, repository, published.Digest, cancellationToken).ConfigureAwait(false);
        }

        reporter.Arrived(published);
        return published with { Broken = push.Broken };
    }

    private async Task<Manifest> FoundAsync(ReleaseImage image, Digest digest, CancellationToken cancellationToken)
    {
        var there = await registries.FindAsync(image.Home with { Tag = null, Digest = digest.ToString() }, cancellationToken).ConfigureAwait(false);
        return there is { Lost: null }
            ? there.Manifest
            : throw new PublishRefusedException(Rules.PushNotThere.At(image.Node.Span, image.KeyReference.Familiar, digest.ToString(), there?.Shown ?? "nothing"));
    }

    /// <returns>What the step made of each image, in their order; null when it failed for one.</returns>
    private async Task<IReadOnlyList<PublishedImage>?> EachAsync(
        IReadOnlyList<PublishedImage> images, Func<PublishedImage, CancellationToken, Task<PublishedImage>> step, CancellationToken cancellationToken)
    {
        var failed = 0;
        var results = images.ToArray();
        await Parallel.ForAsync(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken }, async (index, token) =>
        {
            try
            {
                if (Volatile.Read(ref failed) == 0)
                {
                    results[index] = await step(images[index], token).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (PublishFailure.Explain(exception, images[index].Image) is { } diagnostic)
            {
                findings.Add(diagnostic);
                Interlocked.Increment(ref failed);
            }
        }).ConfigureAwait(false);
        return failed == 0 ? results : null;
    }
}
