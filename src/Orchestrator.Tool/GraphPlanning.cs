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

/// <summary>
/// Plans a graph against an engine. What is locked, or known from its registry, need not be on the engine to plan with; it is pulled when something is really built on it,
/// and then there is a plan to be made again.
/// </summary>
internal sealed class GraphPlanning
{
    private readonly LoadedGraph _graph;
    private readonly EngineConnection _connection;
    private readonly PlanOptions _options;
    private readonly IBuildReporter _reporter;
    private readonly LockFile _locked;
    private readonly StatCache _cache;
    private readonly ContextReader _contexts;
    private readonly ExplanationStore _explanations;
    private readonly Planner _planner;
    private readonly FindExternal? _ask;
    private readonly HashSet<ImageReference> _pulled = [];

    private GraphPlanning(LoadedGraph graph, EngineConnection connection, PlanOptions options, IBuildReporter reporter, ToolEnvironment environment, LockFile locked, Registries? registries, DiagnosticBag diagnostics)
    {
        (_graph, _connection, _options, _reporter, _locked) = (graph, connection, options, reporter, locked);
        var state = new GraphState(environment.StateDirectory, graph.Graph.Graph.File);
        _cache = StatCache.Open(state, environment.MachineName, TimeProvider.System);
        _contexts = new ContextReader(_cache);
        _explanations = new ExplanationStore(state);
        _ask = registries is null ? null : new RegistryExternals(registries, connection.Platform).FindAsync;
        FindRemembered? remembered = registries is null ? null : new RegistryMemory(registries, graph.Graph.Graph, diagnostics).FindAsync;
        _planner = new Planner(connection.Engine, connection.UsesContainerdStore, connection.Platform, connection.Proxies, _contexts, _explanations, locked, new WholeContexts(state), new LastKeys(state), remembered);
    }

    /// <returns>Null when the graph cannot be planned; why is in <paramref name="diagnostics"/>.</returns>
    public static async Task<Planned?> RunAsync(
        LoadedGraph graph, EngineConnection connection, PlanOptions options, IBuildReporter reporter, ToolEnvironment environment, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (LockFile.Read(graph.Graph.Graph.File, diagnostics) is not { } locked)
        {
            return null;
        }

        var asksRegistries = AsksRegistries(graph.Graph.Graph, environment);
        if (options.Output == BuildOutput.Registry && RegistryDelivery.Obstacle(graph.Graph, asksRegistries) is { } why)
        {
            diagnostics.Add(Rules.NoRegistryOutput.At(new SourceSpan(graph.Graph.Graph.File), why));
            return null;
        }

        using var registries = asksRegistries ? RegistryAccess.OpenBriefly(connection, environment, new SourceSpan(graph.Graph.Graph.File), diagnostics) : null;
        return await new GraphPlanning(graph, connection, options, reporter, environment, locked, registries, diagnostics).PlanWithServicesAsync(diagnostics, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As the graph says; in CI also without a word, where it names a registry and publishes.</summary>
    private static bool AsksRegistries(ImageGraph graph, ToolEnvironment environment) =>
        graph.Memory.IsOn ?? (CiVariables.AreThere(environment.Variables) && graph.Registry is not null && graph.Images.Any(node => node.Publications.Any(publication => publication.Templates.Count > 0)));

    private async Task<Planned?> PlanWithServicesAsync(DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var told = new DiagnosticBag();
        var services = FindServicesAsync(told, cancellationToken);
        var planned = await PlanAsync(source => _options.PullMissing && IsFloating(source), diagnostics, cancellationToken).ConfigureAwait(false);
        while (_options.PullMissing && planned is not null && planned.Missing() is var missing && !missing.IsSubsetOf(_pulled))
        {
            _pulled.UnionWith(missing);
            planned = await PlanAsync(source => IsFloating(source) || _pulled.Contains(source), diagnostics, cancellationToken).ConfigureAwait(false);
        }

        _cache.Save();
        var lines = await services.ConfigureAwait(false);
        diagnostics.AddRange(told.Items);
        return planned is null ? null : planned with { Services = lines };
    }

    /// <param name="pulls">Whether an image from outside that is not here and unknown is pulled.</param>
    private async Task<Planned?> PlanAsync(Func<ImageReference, bool> pulls, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var found = await _graph.WithExternalsAsync(
            resolved => GraphExternals.FindAsync(resolved, _connection, _locked, _options, source => _pulled.Contains(source) ? null : _ask, pulls, _reporter, cancellationToken), diagnostics).ConfigureAwait(false);
        if (found is not var (resolved, externals))
        {
            return null;
        }

        var limits = new DiagnosticBag();
        EngineLimits.Check(resolved, _connection.Platform, _connection.UsesContainerdStore, _connection.TellsPlatforms, limits);
        AttestationLimits.Check(resolved, _connection.UsesContainerdStore, _connection.Proxies, limits);
        diagnostics.AddRange(limits.Items);
        if (limits.HasErrors)
        {
            return null;
        }

        diagnostics.AddRange(LockedReferences.Missing(LockedReferences.Of(resolved), _locked, _connection.Platform).Select(use => Rules.NotLocked.At(use.Span, use.Source.Familiar)));
        diagnostics.AddRange(LockedReferences.Missing(LockedReferences.Remotes(resolved), _locked).Select(use => Rules.NotLocked.At(use.Url.Span, use.Source)));
        var plan = await _planner.PlanAsync(resolved, externals, _options, diagnostics, cancellationToken).ConfigureAwait(false);
        return new Planned(plan, _planner, _contexts, externals, _explanations);
    }

    private bool IsFloating(ImageReference source) => _locked.Find(source, _connection.Platform) is not { IsContent: false };

    /// <summary>What a service runs matters only to a run that is about the whole graph. Compose runs it by its tag; a lock says nothing about that.</summary>
    private Task<IReadOnlyList<string>> FindServicesAsync(DiagnosticBag diagnostics, CancellationToken cancellationToken) =>
        _graph.Wanted.Count > 0 ? Task.FromResult<IReadOnlyList<string>>([])
            : ServiceImages.CheckAsync(
                _graph.Graph.Graph, new ExternalImages(_connection.Engine, new EnginePull(_connection.Engine, _connection.Credentials, _reporter), LockFile.None, _connection.Platform), _options is { Pull: true, PullMissing: true }, diagnostics, cancellationToken);
}
