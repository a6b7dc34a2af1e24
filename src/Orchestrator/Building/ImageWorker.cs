using Orchestrator.BuildKit;
using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.Contexts;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Keys;
using Orchestrator.Planning;
using Polly;

namespace Orchestrator.Building;

/// <summary>Does what the plan says for one image; failures become diagnostics, so that the run goes on with what does not depend on it.</summary>
internal sealed class ImageWorker(
    ImageGraph graph, DockerEngine engine, ImageBuilder builder, Planner planner, ContextReader contexts, HeldImages held, Footings footings, RegistryPull pull,
    IReadOnlyDictionary<ImageReference, ExternalImage> externals, ExplanationStore explanations, PlanOptions planOptions, IBuildReporter reporter, TimeProvider time)
{
    public async Task<ImageResult> RunAsync(PlannedImage planned, IReadOnlyDictionary<string, PlannedImage> bases, ImageRun run, CancellationToken cancellationToken)
    {
        try
        {
            return planned.Action switch
            {
                PlanAction.Present => new ImageResult(planned, BuildOutcome.Present, TimeSpan.Zero),
                PlanAction.UpToDate or PlanAction.Push => new ImageResult(planned, BuildOutcome.UpToDate, TimeSpan.Zero) { ImageId = planned.ImageId!, Size = planned.Size },
                PlanAction.Blocked => new ImageResult(planned, BuildOutcome.Blocked, TimeSpan.Zero),
                PlanAction.Retag => await RetagAsync(planned, run, cancellationToken).ConfigureAwait(false),
                PlanAction.Pull => await PullAsync(planned, bases, run, cancellationToken).ConfigureAwait(false),
                _ => await BuildAsync(planned, bases, run, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (OperationCanceledException)
        {
            return new ImageResult(planned, BuildOutcome.Cancelled, run.Elapsed);
        }
        catch (Exception exception) when (Explain(exception, planned, run.Log) is { } diagnostic)
        {
            return new ImageResult(planned, BuildOutcome.Failed, run.Elapsed) { Diagnostics = [diagnostic] };
        }
        finally
        {
            run.EndSteps();
        }
    }

    private static Diagnostic? Explain(Exception exception, PlannedImage planned, StepLog log) => exception switch
    {
        SolveException solve => FailureText.Of(solve, planned, log),
        ContextChangedException changed => Rules.ChangedWhileBuilding.At(planned.Image.Node.Span, planned.Image.Node.DisplayName, changed.Message + "."),
        SyncTreeException tree => Rules.ContextUnreadable.At(planned.Image.Node.Build.Context.Span, planned.Image.Node.DisplayName, tree.Message + "."),
        BuildKitConnectionException or DockerUnreachableException => Rules.EngineLost.At(planned.Image.Node.Span, planned.Image.Node.DisplayName, exception.Message),
        HeldImageGoneException gone => Rules.BaseRemoved.At(planned.Image.Node.Span, planned.Image.Node.DisplayName, gone.Shown),
        DockerConfigurationException => Rules.DockerConfiguration.At(planned.Image.Node.Span, exception.Message),
        DockerApiException or BuildKitCallException => Rules.StepFailed.At(planned.Image.Node.Span, planned.Image.Node.DisplayName, exception.Message),
        _ => null,
    };

    private async Task<ImageResult> RetagAsync(PlannedImage planned, ImageRun run, CancellationToken cancellationToken)
    {
        var retry = Retries(planned, new PrivateText(planned.Image));
        foreach (var name in planned.MissingNames)
        {
            await retry.ExecuteAsync(
                async token => await engine.TagImageAsync(planned.ImageId!, name, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }

        return new ImageResult(planned, BuildOutcome.Retagged, run.Elapsed) { ImageId = planned.ImageId!, Size = planned.Size };
    }

    /// <summary>What a registry promised and does not give is built.</summary>
    private async Task<ImageResult> PullAsync(
        PlannedImage planned, IReadOnlyDictionary<string, PlannedImage> bases, ImageRun run, CancellationToken cancellationToken)
    {
        try
        {
            var details = await Retries(planned, new PrivateText(planned.Image)).ExecuteAsync(async token => await pull.RunAsync(planned, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return new ImageResult(planned with { ImageId = details.Id, Size = details.Size }, BuildOutcome.Pulled, run.Elapsed) { ImageId = details.Id, Size = details.Size };
        }
        catch (Exception exception) when (exception is DockerApiException or DockerConfigurationException)
        {
            reporter.Report(Rules.RememberedNotPulled.At(planned.Image.Node.Span, planned.Image.Node.DisplayName, (exception as DockerApiException)?.EngineMessage ?? exception.Message));
            return await BuildAsync(planned with { Action = PlanAction.Build, Reason = "it cannot be pulled", Remembered = null }, bases, run, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ImageResult> BuildAsync(
        PlannedImage planned, IReadOnlyDictionary<string, PlannedImage> bases, ImageRun run, CancellationToken cancellationToken)
    {
        var current = Refresh(planned, bases, cancellationToken);
        reporter.Started(current);
        try
        {
            return await SolveAsync(current, bases, run, cancellationToken).ConfigureAwait(false);
        }
        catch (ContextChangedException)
        {
            // Planned once more with the files as they are now; a second change is an error.
            contexts.Forget();
            current = Replan(planned.Image, bases, cancellationToken);
            return await SolveAsync(current, bases, run, cancellationToken).ConfigureAwait(false);
        }
        catch (UnplannedRequestException exception)
        {
            reporter.Report(Rules.UnplannedRequest.At(planned.Image.Node.Build.Dockerfile.Span, planned.Image.Node.DisplayName, exception.RequestedPath));
            planner.NeedsEverything(planned.Image);
            current = Replan(planned.Image with { NeedsEverything = true }, bases, cancellationToken);
            return await SolveAsync(current, bases, run, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A base that was planned again has another key, and then so have its dependants.</summary>
    private PlannedImage Refresh(PlannedImage planned, IReadOnlyDictionary<string, PlannedImage> bases, CancellationToken cancellationToken)
    {
        var again = Replan(planned.Image, bases, cancellationToken);
        return again with { Reason = planned.Reason };
    }

    private PlannedImage Replan(ResolvedImage image, IReadOnlyDictionary<string, PlannedImage> bases, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var again = planner.Key(image, bases, externals, diagnostics, cancellationToken);
        return again.Key is null ? throw new SyncTreeException(diagnostics.Items.Count > 0 ? diagnostics.Items[0].Message : again.Reason) : again;
    }

    private async Task<ImageResult> SolveAsync(
        PlannedImage planned, IReadOnlyDictionary<string, PlannedImage> bases, ImageRun run, CancellationToken cancellationToken)
    {
        var keyTag = KeyTag.Reference(graph, planned.Image.Node, planned.Key!.Value);
        var privacy = new PrivateText(planned.Image);
        var retry = Retries(planned, privacy);
        var noCache = planOptions.NoCache || planOptions.NoCacheImages.Contains(planned.Name) || planned.Image.Node.Build.NoCache
            || await retry.ExecuteAsync(async token => await IsDueAsync(planned, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (await retry.ExecuteAsync(async token => await builder.ObstacleAsync(planned, noCache, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false) is { } obstacle)
        {
            return new ImageResult(planned, BuildOutcome.Failed, run.Elapsed) { Diagnostics = [obstacle] };
        }

        var warnings = new DiagnosticBag();
        string id;
        try
        {
            id = await BuildOnAsync(planned, bases, noCache, Names(planned, keyTag), retry, Take, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also of a build that failed: a check may name the cause.
            foreach (var warning in warnings.Items)
            {
                reporter.Report(warning);
            }
        }

        var (details, lost) = await retry.ExecuteAsync(
            async token => (await engine.InspectImageAsync(keyTag, token).ConfigureAwait(false), await BuiltPlatforms.CheckAsync(engine, planned.Image, keyTag, token).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
        if (lost is not null)
        {
            return new ImageResult(planned, BuildOutcome.Failed, run.Elapsed) { Diagnostics = [lost] };
        }

        if (details is not null)
        {
            planner.Built(planned, details);
            if (planned.Image.Platforms is null)
            {
                footings.Built(details);
            }
        }

        var imageId = details?.Id ?? id;
        explanations.Save(planned.Name, planned.Key.Value, KeyExplanation.Of(planned.Inputs!));
        return new ImageResult(planned with { ImageId = imageId }, BuildOutcome.Built, run.Elapsed) { ImageId = imageId, Size = details?.Size ?? 0 };

        void Take(SolveEvent said)
        {
            var news = privacy.Hide(said);
            run.Take(news);
            if (news is WarningUpdate warning)
            {
                warnings.Add(FailureText.Of(warning, planned));
            }

            reporter.Progress(planned, news);
        }
    }

    /// <summary>
    /// The names that a build gives its result, in their order. containerd's store fetches what the builder only knows of a registry's cache after it gave the first name, and
    /// leaves it where that fails. So the key tag comes last, and before all others one that stands for nothing where there may be something to fetch.
    /// </summary>
    private IReadOnlyList<string> Names(PlannedImage planned, string keyTag) =>
        [.. planned.Image.Node.Build.CacheFrom.Count > 0 ? [held.NameFirst(planned.Key!.Value)] : Array.Empty<string>(), .. planned.Image.Node.LocalNames.Select(name => name.Value.ToString()), keyTag];

    /// <summary>Somebody may remove images while a run is at work; what a build stands on is then looked for once more.</summary>
    /// <returns>The engine's ID of the image.</returns>
    private async Task<string> BuildOnAsync(
        PlannedImage planned, IReadOnlyDictionary<string, PlannedImage> bases, bool noCache, IReadOnlyList<string> names, ResiliencePipeline retry, Action<SolveEvent> take, CancellationToken cancellationToken)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            var footing = await retry.ExecuteAsync(async token => await footings.FindAsync(planned.Image, bases, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            try
            {
                return await retry.ExecuteAsync(
                    async token => await builder.BuildAsync(planned, footing.Substitutes, footing.Bases, noCache, names, new Relay(take), token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }
            catch (SolveException exception) when (!isAgain && exception.ExitCode is null)
            {
                if (!await footings.IsGoneAsync(footing, exception.Message, cancellationToken).ConfigureAwait(false))
                {
                    throw;
                }

                reporter.Retrying(planned, "what it is built from was removed from the engine", 1);
            }
        }
    }

    /// <summary>Everything that is asked of the engine goes through it: of what passes by itself, an image and what is built on it know nothing.</summary>
    private ResiliencePipeline Retries(PlannedImage planned, PrivateText privacy) =>
        Transient.Pipeline((reason, attempt) => reporter.Retrying(planned, privacy.Hide(reason), attempt), time);

    /// <summary>The builder knows nothing of a refresh: until one build after it is here, no step of an earlier one may be taken.</summary>
    private async Task<bool> IsDueAsync(PlannedImage planned, CancellationToken cancellationToken) =>
        planned.Inputs!.Refresh is { } stamp
        && (await engine.ListImagesAsync([KeyTag.Repository(graph, planned.Image.Node)], cancellationToken).ConfigureAwait(false)).All(image => image.Labels.GetValueOrDefault(KeyTag.RefreshLabel) != stamp);
}
