using Orchestrator.Building;
using Orchestrator.Contexts;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Keys;
using Orchestrator.Planning;
using Orchestrator.Publishing;
using Orchestrator.State;

namespace Orchestrator.Tool;

/// <summary>A graph that was planned against an engine, with what it was planned with.</summary>
internal sealed record Planned(Plan Plan, Planner Planner, ContextReader Contexts, IReadOnlyDictionary<ImageReference, ExternalImage> Externals, ExplanationStore Explanations)
{
    /// <summary>A line for each image that only containers need: where it is, who runs it.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <returns>Null when external images bring errors along; they are in <paramref name="diagnostics"/>.</returns>
    public static async Task<Planned?> CreateAsync(
        LoadedGraph graph, EngineConnection connection, PlanOptions options, IBuildReporter reporter, ToolEnvironment environment, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var told = new DiagnosticBag();
        var services = FindServicesAsync(graph, connection, options, reporter, told, cancellationToken);
        var found = await graph.WithExternalsAsync(resolved => FindExternalsAsync(resolved, connection, options, reporter, cancellationToken), diagnostics).ConfigureAwait(false);
        var lines = await services.ConfigureAwait(false);
        diagnostics.AddRange(told.Items);
        if (found is not var (resolved, externals))
        {
            return null;
        }

        var state = new GraphState(environment.StateDirectory, resolved.Graph.File);
        var cache = StatCache.Open(state, environment.MachineName, TimeProvider.System);
        var contexts = new ContextReader(cache);
        var explanations = new ExplanationStore(state);
        using var registries = AsksRegistries(resolved.Graph, environment) ? RegistryAccess.OpenBriefly(connection.Credentials, connection.InsecureRegistries) : null;
        FindRemembered? remembered = registries is null ? null : new RegistryMemory(registries, resolved.Graph, connection.Platform, diagnostics).FindAsync;
        var planner = new Planner(connection.Engine, connection.UsesContainerdStore, connection.Platform, connection.Proxies, contexts, explanations, remembered);
        var plan = await planner.PlanAsync(resolved, externals, options, diagnostics, cancellationToken).ConfigureAwait(false);
        cache.Save();
        return new Planned(plan, planner, contexts, externals, explanations) { Services = lines };
    }

    /// <summary>As the graph says; in CI also without a word, where it names a registry and publishes.</summary>
    private static bool AsksRegistries(ImageGraph graph, ToolEnvironment environment) =>
        graph.Memory.IsOn ?? (environment.Variables.GetValueOrDefault("CI") is "true" or "1" && graph.Registry is not null && graph.Images.Any(node => node.Publications.Any(publication => publication.Templates.Count > 0)));

    /// <summary>What a service runs matters only to a run that is about the whole graph.</summary>
    private static Task<IReadOnlyList<string>> FindServicesAsync(
        LoadedGraph graph, EngineConnection connection, PlanOptions options, IBuildReporter reporter, DiagnosticBag diagnostics, CancellationToken cancellationToken) =>
        graph.Wanted.Count > 0 ? Task.FromResult<IReadOnlyList<string>>([])
            : ServiceImages.CheckAsync(
                graph.Graph.Graph, new ExternalImages(connection.Engine, connection.Credentials), options is { Pull: true, PullMissing: true }, reporter.Pulling, diagnostics, cancellationToken);

    private static Task<IReadOnlyDictionary<ImageReference, ExternalImage>> FindExternalsAsync(
        ResolvedGraph graph, EngineConnection connection, PlanOptions options, IBuildReporter reporter, CancellationToken cancellationToken)
    {
        var sources = graph.Images.SelectMany(image => image.Externals.Select(use => use.Source)).ToHashSet();
        var always = options.Pull ? sources : graph.Images.Where(image => image.Node.Build.Pull).SelectMany(image => image.Externals.Select(use => use.Source)).ToHashSet();
        return new ExternalImages(connection.Engine, connection.Credentials).FindAsync(
            sources, options.PullMissing, options.PullMissing ? always : new HashSet<ImageReference>(), reporter.Pulling, cancellationToken);
    }
}
