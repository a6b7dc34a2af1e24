using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Tool.Projects;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool;

/// <summary>A graph that other runs leave alone on an engine until this is disposed. A run that had to wait has the files as they were when its turn came.</summary>
internal sealed class HeldGraph : IDisposable
{
    /// <summary>Stands for the engine where there is none; no engine calls itself that.</summary>
    private const string NoEngine = "no engine";

    private readonly GraphLock? _lock;

    private HeldGraph(LoadedGraph? graph, GraphLock? held) => (Graph, _lock) = (graph, held);

    /// <summary>Null when it could not be read.</summary>
    public LoadedGraph? Graph { get; }

    /// <summary>Other runs of this user do leave it alone; false where nothing can be held.</summary>
    public bool IsAlone => _lock?.IsHeld == true;

    /// <param name="graph">As it was read; null holds nothing.</param>
    /// <param name="options">How to read it again.</param>
    /// <param name="connection">Null holds nothing.</param>
    /// <param name="diagnostics">What was found in the files is forgotten where they are read again.</param>
    public static async Task<HeldGraph> TakeAsync(
        LoadedGraph? graph, WorkspaceOptions options, EngineConnection? connection, ToolEnvironment environment, IRunReporter reporter, DiagnosticBag diagnostics, CancellationToken cancellationToken) =>
        graph is null || connection is null
            ? new HeldGraph(graph, null)
            : await HoldAsync(graph, options, connection, environment, reporter, diagnostics, cancellationToken).ConfigureAwait(false);

    /// <summary>As <see cref="TakeAsync"/> for a run that changes nothing: it waits only where it publishes projects, which no two runs may do at a time.</summary>
    public static Task<HeldGraph> TakeToPublishAsync(
        LoadedGraph? graph, WorkspaceOptions options, EngineConnection? connection, ToolEnvironment environment, IRunReporter reporter, DiagnosticBag diagnostics, CancellationToken cancellationToken) =>
        graph?.HasProjects == true ? TakeAsync(graph, options, connection, environment, reporter, diagnostics, cancellationToken) : Task.FromResult(new HeldGraph(graph, null));

    /// <summary>As <see cref="TakeToPublishAsync"/> for a run that needs no engine: without one it publishes too, and waits for others that have none.</summary>
    public static async Task<HeldGraph> TakeToCompareAsync(
        LoadedGraph graph, WorkspaceOptions options, EngineConnection? connection, ToolEnvironment environment, IRunReporter reporter, DiagnosticBag diagnostics, CancellationToken cancellationToken) =>
        graph.HasProjects ? await HoldAsync(graph, options, connection, environment, reporter, diagnostics, cancellationToken).ConfigureAwait(false) : new HeldGraph(graph, null);

    private static async Task<HeldGraph> HoldAsync(
        LoadedGraph graph, WorkspaceOptions options, EngineConnection? connection, ToolEnvironment environment, IRunReporter reporter, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var held = await (connection is null
            ? GraphLock.TakeAsync(environment.StateDirectory, graph.Name, NoEngine, reporter, TimeProvider.System, cancellationToken)
            : connection.LockAsync(graph.Name, environment, reporter, cancellationToken)).ConfigureAwait(false);
        try
        {
            LoadedGraph? current = graph;
            if (held.HasWaited)
            {
                diagnostics.ForgetFiles();
                current = Workspace.Load(options, connection?.Platform ?? Platforms.Default, environment, diagnostics);
            }

            current = current is null ? null : await ProjectPublishing.RunAsync(current, options.Projects, reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false);
            return new HeldGraph(current, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock?.Dispose();
}
