using Orchestrator.Building;
using Orchestrator.Contexts;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Keys;
using Orchestrator.Locking;
using Orchestrator.Pinning;
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
        if (LockFile.Read(graph.Graph.Graph.File, diagnostics) is not { } locked)
        {
            return null;
        }

        if (options.Output == BuildOutput.Registry && RegistryDelivery.Obstacle(graph.Graph, AsksRegistries(graph.Graph.Graph, environment)) is { } why)
        {
            diagnostics.Add(Rules.NoRegistryOutput.At(new SourceSpan(graph.Graph.Graph.File), why));
            return null;
        }

        var state = new GraphState(environment.StateDirectory, graph.Graph.Graph.File);
        var cache = StatCache.Open(state, environment.MachineName, TimeProvider.System);
        var contexts = new ContextReader(cache);
        var explanations = new ExplanationStore(state);
        using var registries = AsksRegistries(graph.Graph.Graph, environment) ? RegistryAccess.OpenBriefly(connection, environment, new SourceSpan(graph.Graph.Graph.File), diagnostics) : null;
        FindRemembered? remembered = registries is null ? null : new RegistryMemory(registries, graph.Graph.Graph, connection.Platform, diagnostics).FindAsync;
        var planner = new Planner(connection.Engine, connection.UsesContainerdStore, connection.Platform, connection.Proxies, contexts, explanations, locked, new WholeContexts(state), remembered);
        var told = new DiagnosticBag();
        var services = FindServicesAsync(graph, connection, options, reporter, told, cancellationToken);
        // What is locked, or known from its registry, need not be here to plan with; it is pulled when something is really built on it.
        FindExternal? ask = registries is null ? null : new RegistryExternals(registries, connection.Platform).FindAsync;
        bool IsFloating(ImageReference source) => locked.Find(source, connection.Platform) is not { IsContent: false };
        var pulled = new HashSet<ImageReference>();
        var planned = await PlanAsync(source => options.PullMissing && IsFloating(source)).ConfigureAwait(false);
        while (options.PullMissing && planned is not null && planned.Missing() is var missing && !missing.IsSubsetOf(pulled))
        {
            pulled.UnionWith(missing);
            planned = await PlanAsync(source => IsFloating(source) || pulled.Contains(source)).ConfigureAwait(false);
        }

        cache.Save();
        var lines = await services.ConfigureAwait(false);
        diagnostics.AddRange(told.Items);
        return planned is null ? null : planned with { Services = lines };

        async Task<Planned?> PlanAsync(Func<ImageReference, bool> pulls)
        {
            var found = await graph.WithExternalsAsync(resolved => FindExternalsAsync(resolved, connection, locked, options, source => pulled.Contains(source) ? null : ask, pulls, reporter, cancellationToken), diagnostics).ConfigureAwait(false);
            if (found is not var (resolved, externals))
            {
                return null;
            }

            var limits = new DiagnosticBag();
            EngineLimits.Check(resolved, connection.Platform, connection.UsesContainerdStore, limits);
            diagnostics.AddRange(limits.Items);
            if (limits.HasErrors)
            {
                return null;
            }

            diagnostics.AddRange(LockedReferences.Missing(LockedReferences.Of(resolved), locked, connection.Platform).Select(use => Rules.NotLocked.At(use.Span, use.Source.Familiar)));
            diagnostics.AddRange(LockedReferences.Missing(LockedReferences.Remotes(resolved), locked).Select(use => Rules.NotLocked.At(use.Url.Span, use.Source)));
            var plan = await planner.PlanAsync(resolved, externals, options, diagnostics, cancellationToken).ConfigureAwait(false);
            return new Planned(plan, planner, contexts, externals, explanations);
        }
    }

    /// <summary>As the graph says; in CI also without a word, where it names a registry and publishes.</summary>
    private static bool AsksRegistries(ImageGraph graph, ToolEnvironment environment) =>
        graph.Memory.IsOn ?? (CiVariables.AreThere(environment.Variables) && graph.Registry is not null && graph.Images.Any(node => node.Publications.Any(publication => publication.Templates.Count > 0)));

    /// <summary>What a service runs matters only to a run that is about the whole graph. Compose runs it by its tag; a lock says nothing about that.</summary>
    private static Task<IReadOnlyList<string>> FindServicesAsync(
        LoadedGraph graph, EngineConnection connection, PlanOptions options, IBuildReporter reporter, DiagnosticBag diagnostics, CancellationToken cancellationToken) =>
        graph.Wanted.Count > 0 ? Task.FromResult<IReadOnlyList<string>>([])
            : ServiceImages.CheckAsync(
                graph.Graph.Graph, new ExternalImages(connection.Engine, new EnginePull(connection.Engine, connection.Credentials, reporter), LockFile.None, connection.Platform), options is { Pull: true, PullMissing: true }, diagnostics, cancellationToken);

    /// <summary>Images from outside that something will be built on, and that are not here yet.</summary>
    private HashSet<ImageReference> Missing() => Plan.Images.Where(image => image.Action == PlanAction.Build).SelectMany(image => image.Image.Externals)
        .Select(use => use.Source).Where(source => Externals[source] is { IsHere: false, Failure: null }).ToHashSet();

    /// <summary>What the engine has of the images from outside; their registries are asked and they are pulled where that is said.</summary>
    /// <param name="ask">How to ask the registry of one; null where it must not be.</param>
    /// <param name="pulls">Whether one that is not here and unknown is pulled.</param>
    public static Task<IReadOnlyDictionary<ImageReference, ExternalImage>> FindExternalsAsync(
        ResolvedGraph graph, EngineConnection connection, LockFile locked, PlanOptions options, Func<ImageReference, FindExternal?> ask, Func<ImageReference, bool> pulls, IBuildReporter reporter, CancellationToken cancellationToken)
    {
        var sources = graph.Images.SelectMany(image => image.Externals.Select(use => use.Source)).ToHashSet();
        var always = options.Pull ? sources : graph.Images.Where(image => image.Node.Build.Pull).SelectMany(image => image.Externals.Select(use => use.Source)).ToHashSet();
        // Of an image for another platform the key has the engine's ID, which no registry knows.
        var others = graph.Images.SelectMany(image => image.Externals).Where(use => use.IsOtherPlatform).Select(use => use.Source).ToHashSet();
        return new ExternalImages(connection.Engine, new EnginePull(connection.Engine, connection.Credentials, reporter), locked, connection.Platform).FindAsync(
            sources, source => others.Contains(source) ? null : ask(source), pulls, options.PullMissing ? always : new HashSet<ImageReference>(), cancellationToken);
    }
}
