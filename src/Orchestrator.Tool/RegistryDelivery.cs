using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Publishing;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool;

/// <summary>Brings what a run built, or the engine had, to the registry that the run was for.</summary>
internal static class RegistryDelivery
{
    /// <summary>
    /// Each image under its key tag, bases first. An image that failed keeps no other from being delivered: others may build on the rest. A registry that could
    /// not be asked before may have one of them by now, and then keeps it.
    /// </summary>
    /// <param name="plan">As it was decided.</param>
    /// <param name="results">What became of it, in the same order.</param>
    /// <returns>What went wrong; that was told.</returns>
    public static async Task<IReadOnlyList<Diagnostic>> RunAsync(
        Plan plan, IReadOnlyList<ImageResult> results, EngineConnection connection, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var images = plan.Images.Zip(results, Delivered).OfType<ReleaseImage>().ToList();
        if (images.Count == 0)
        {
            return [];
        }

        using var registries = RegistryAccess.Open(connection);
        var (diagnostics, options) = (new DiagnosticBag(), new PublishOptions());
        var happens = reporter.Publishing;
        var findings = new PublishFindings(diagnostics);
        var pushes = await new PublishPlanner(registries, options.Parallel, findings).PlanAsync(images, cancellationToken).ConfigureAwait(false);
        var engine = new EnginePush(connection.Engine, connection.Credentials, registries, plan.Graph.Graph, happens, TimeProvider.System);
        if (!diagnostics.HasErrors && await new PublishRun(engine, registries, happens, options, findings).RunAsync(pushes, cancellationToken).ConfigureAwait(false) is { } published)
        {
            reporter.Say(PublishText.Delivered(published));
        }

        reporter.ReportAll(diagnostics);
        return diagnostics.Items;

        ReleaseImage? Delivered(PlannedImage decided, ImageResult result) =>
            result.Outcome == BuildOutcome.Built || (result.IsSuccess && decided.Action == PlanAction.Push)
                ? new ReleaseImage(result.Planned with { Action = PlanAction.Push }, KeyHome.Of(plan.Graph.Graph, decided.Image.Node)!, [])
                {
                    // Under another key, since files changed meanwhile, it has no predecessor that was looked at.
                    Replaces = decided.Replaces && decided.Key == result.Planned.Key,
                }
                : null;
    }

    /// <summary>Why images cannot be left in a registry; null when they can.</summary>
    /// <param name="asksRegistries">Whether registries remember builds here.</param>
    public static string? Obstacle(ResolvedGraph graph, bool asksRegistries) =>
        !asksRegistries ? "nothing says that one remembers builds"
        : graph.Images.Select(image => image.Node).FirstOrDefault(node => KeyHome.Of(graph.Graph, node) is null) is { } node ? $"nothing says in which repository '{node.DisplayName}' is remembered"
        : null;
}
