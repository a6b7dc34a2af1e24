using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Locking;
using Orchestrator.Pinning;
using Orchestrator.Planning;

namespace Orchestrator.Tool;

/// <summary>What a lock is about: the graph as its file has it and in each of its environments, for one file pins the references of them all.</summary>
/// <param name="Graphs">Without an environment first; the chosen one alone, where one was chosen.</param>
/// <param name="Locked">As it is.</param>
/// <param name="IsWhole">Every environment is among them, so a pin that none of them uses is of no use.</param>
internal sealed record LockWorkspace(IReadOnlyList<ResolvedGraph> Graphs, LockFile Locked, bool IsWhole)
{
    public string GraphFile => Graphs[0].Graph.File;

    public IReadOnlyList<ExternalUse> Uses { get; } = LockedReferences.Of(Graphs);

    public IReadOnlyList<RemoteUse> Remotes { get; } = LockedReferences.Remotes(Graphs);

    /// <summary>With an engine, what images from outside bring along counts too; without one, what the files say.</summary>
    /// <returns>Null when there are errors; they are in <paramref name="diagnostics"/>.</returns>
    public static async Task<LockWorkspace?> ReadAsync(
        WorkspaceOptions options, EngineConnection? connection, IBuildReporter reporter, ToolEnvironment environment, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        LockFile? locked = null;
        if (await LoadAsync(options).ConfigureAwait(false) is not { } graph || locked is null)
        {
            return null;
        }

        var graphs = new List<ResolvedGraph> { graph };
        foreach (var name in options.GraphEnvironment is null ? graph.Graph.Environments : [])
        {
            if (await LoadAsync(options with { GraphEnvironment = name }).ConfigureAwait(false) is not { } other)
            {
                return null;
            }

            graphs.Add(other);
        }

        return new LockWorkspace(graphs, locked, options.GraphEnvironment is null);

        async Task<ResolvedGraph?> LoadAsync(WorkspaceOptions one)
        {
            // An environment with errors stops nothing but its own reading, so each has its own findings.
            var found = new DiagnosticBag();
            var loaded = Workspace.Load(one, connection?.Platform ?? Platforms.Default, environment, found);
            locked ??= loaded is null ? null : LockFile.Read(loaded.Graph.Graph.File, found);
            var resolved = loaded is null || connection is null || locked is not { } pins ? loaded?.Graph
                : (await loaded.WithExternalsAsync(
                    externals => Planned.FindExternalsAsync(externals, connection, pins, new PlanOptions(), _ => null, _ => false, reporter, cancellationToken), found).ConfigureAwait(false))?.Graph;
            diagnostics.AddRange(found.Items);
            return resolved;
        }
    }
}
