using Orchestrator.Changes;
using Orchestrator.Contexts;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Locking;
using Orchestrator.Planning;
using Orchestrator.Projects;
using Orchestrator.State;
using Orchestrator.Tool.Projects;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool;

/// <summary>A graph as it is and as it was at a revision.</summary>
/// <param name="connection">Null: no engine tells what is known of external images.</param>
/// <param name="pull">Whether to pull those that the engine does not have.</param>
internal sealed class RevisionComparison(EngineConnection? connection, bool pull, IRunReporter reporter, ToolEnvironment environment, DiagnosticBag diagnostics)
{
    private string Platform => connection?.Platform ?? Platforms.Default;

    /// <returns>The images that are others than at the revision, each with its reason, and the revision's commit. Not to be used when there are errors.</returns>
    public async Task<(List<(ResolvedImage Image, string Reason)> Images, string? Commit)> SinceAsync(
        LoadedGraph loaded, WorkspaceOptions workspace, string revision, CancellationToken cancellationToken)
    {
        using var tree = await RevisionTree.CheckOutAsync(loaded.Graph.Graph.Root, revision, diagnostics, cancellationToken).ConfigureAwait(false);
        if (tree is null)
        {
            return ([], null);
        }

        using var held = await HeldGraph.TakeToCompareAsync(
            loaded, workspace with { Projects = ProjectStep.Publish }, connection, environment, reporter, diagnostics, cancellationToken).ConfigureAwait(false);
        if (held.Graph is not { } current)
        {
            return ([], null);
        }

        var graph = current.Graph.Graph;
        var cache = StatCache.Open(new GraphState(environment.StateDirectory, graph.File), environment.MachineName, TimeProvider.System);
        var now = await KeysAsync(current, cache, diagnostics, cancellationToken).ConfigureAwait(false);
        if (now is null || diagnostics.HasErrors)
        {
            return ([], null);
        }

        var problems = new DiagnosticBag();
        var folder = Path.Join(tree.Root, Path.GetRelativePath(graph.Root, Path.GetDirectoryName(graph.File)!));
        var file = workspace.File is null ? folder : Path.Join(folder, Path.GetFileName(graph.File));
        var old = Path.Exists(file) ? Workspace.Load(workspace with { File = file, Images = [] }, Platform, environment, problems) : null;
        var before = old is null ? null : await KeysAsync(old, StatCache.None, problems, cancellationToken).ConfigureAwait(false);
        if (old is not null)
        {
            ProjectPublications.Forget(new GraphState(environment.StateDirectory, old.Graph.Graph.File)); // nobody comes back to that folder
        }

        if (before is null)
        {
            var reason = problems.Items.Count > 0 ? problems.Items[0].Message : "it has no such file";
            diagnostics.Add(Rules.RevisionGraphUnreadable.At(new SourceSpan(graph.File), revision, reason));
        }

        var moved = await MovedSubmodules.FindAsync(graph.Root, tree.Commit, diagnostics, cancellationToken).ConfigureAwait(false);
        return ([.. AffectedImages.Between(before, now, moved)], tree.Commit);
    }

    private async Task<GraphKeys?> KeysAsync(LoadedGraph loaded, StatCache cache, DiagnosticBag problems, CancellationToken cancellationToken) =>
        LockFile.Read(loaded.Graph.Graph.File, problems) is { } locked
        && await ProjectPublishing.RunAsync(loaded, ProjectStep.Publish, null, environment, problems, cancellationToken).ConfigureAwait(false) is { } published
            ? await GraphKeys.ComputeAsync(published, locked, Platform, graph => FindAsync(graph, locked, cancellationToken), new ContextReader(cache), problems, cancellationToken).ConfigureAwait(false)
            : null;

    private Task<IReadOnlyDictionary<ImageReference, ExternalImage>> FindAsync(ResolvedGraph graph, LockFile locked, CancellationToken cancellationToken) => connection is null
        ? Task.FromResult<IReadOnlyDictionary<ImageReference, ExternalImage>>(new Dictionary<ImageReference, ExternalImage>())
        : GraphExternals.FindAsync(graph, connection, locked, new PlanOptions { PullMissing = pull }, _ => null, _ => pull, reporter, cancellationToken);
}
