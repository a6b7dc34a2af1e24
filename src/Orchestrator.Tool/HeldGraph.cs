using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Tool.Projects;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool;

/// <summary>A graph that other runs leave alone on an engine until this is disposed. A run that had to wait has the files as they were when its turn came.</summary>
internal sealed class HeldGraph : IDisposable
{
    private readonly GraphLock? _lock;

    private HeldGraph(LoadedGraph? graph, GraphLock? held) => (Graph, _lock) = (graph, held);

    /// <summary>Null when it could not be read.</summary>
    public LoadedGraph? Graph { get; }

    /// <param name="graph">As it was read; null holds nothing.</param>
    /// <param name="options">How to read it again.</param>
    /// <param name="connection">Null holds nothing.</param>
    /// <param name="diagnostics">What was found in the files is forgotten where they are read again.</param>
    public static async Task<HeldGraph> TakeAsync(
        LoadedGraph? graph, WorkspaceOptions options, EngineConnection? connection, ToolEnvironment environment, IRunReporter reporter, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (graph is null || connection is null)
        {
            return new HeldGraph(graph, null);
        }

        var held = await connection.LockAsync(graph.Name, environment, reporter, cancellationToken).ConfigureAwait(false);
        try
        {
            if (held.HasWaited)
            {
                diagnostics.Clear();
                graph = Workspace.Load(options, connection.Platform, environment, diagnostics);
            }

            graph = graph is null ? null : await ProjectPublishing.RunAsync(graph, options.Projects, reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false);
            return new HeldGraph(graph, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>As <see cref="TakeAsync"/> for a run that changes nothing: it waits only where it publishes projects, which no two runs may do at a time.</summary>
    public static Task<HeldGraph> TakeToPublishAsync(
        LoadedGraph? graph, WorkspaceOptions options, EngineConnection? connection, ToolEnvironment environment, IRunReporter reporter, DiagnosticBag diagnostics, CancellationToken cancellationToken) =>
        graph?.HasProjects == true ? TakeAsync(graph, options, connection, environment, reporter, diagnostics, cancellationToken) : Task.FromResult(new HeldGraph(graph, null));

    public void Dispose() => _lock?.Dispose();
}
