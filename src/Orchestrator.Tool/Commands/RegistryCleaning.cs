using Orchestrator.Diagnostics;
using Orchestrator.Publishing;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary>
/// <c>orchestrator clean --registry</c>: drops the key tags that newer builds superseded and the graph does not have. Needs no engine; where there is one, it tells
/// what the images from outside are.
/// </summary>
/// <param name="Keep">How many of the newest key tags of each image stay.</param>
internal sealed record RegistryCleaning(WorkspaceOptions Workspace, int Keep, bool IsDryRun)
{
    public async Task<int> RunAsync(IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        if (Tool.Workspace.Load(Workspace, Platforms.Default, environment, diagnostics) is { Graph: { } graph } loaded)
        {
            var findings = new PublishFindings(diagnostics);
            using var registries = RegistryAccess.Open(environment);
            var keys = new PublishedKeys(registries, Keep, findings);
            var superseded = await keys.FindSupersededAsync(graph, cancellationToken).ConfigureAwait(false);
            if (!diagnostics.HasErrors && superseded.Count > 0)
            {
                superseded = await new PresentKeys(Workspace, superseded, reporter, environment).WithoutAsync(loaded, diagnostics, cancellationToken).ConfigureAwait(false);
            }

            var removed = diagnostics.HasErrors ? 0 : await RemoveAsync(keys, superseded, new SourceSpan(graph.Graph.File), reporter, findings, cancellationToken).ConfigureAwait(false);
            reporter.Say($"{removed} superseded key tags {(IsDryRun ? "would be " : "")}removed");
        }

        reporter.ReportAll(diagnostics);
        return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    /// <returns>How many went, or would.</returns>
    private async Task<int> RemoveAsync(
        PublishedKeys keys, IReadOnlyList<PublishedKey> superseded, SourceSpan span, IRunReporter reporter, PublishFindings findings, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var key in superseded)
        {
            try
            {
                var isGone = IsDryRun || await keys.RemoveAsync(key, span, cancellationToken).ConfigureAwait(false);
                reporter.Say($"{(IsDryRun ? "would remove" : isGone ? "removed" : "kept")} {key.Reference.Familiar}, built {key.Build.Created:u}");
                removed += isGone ? 1 : 0;
            }
            catch (Exception exception) when (PublishFailure.Explain(exception, span) is { } diagnostic)
            {
                // Whatever it is, the others would meet it too.
                findings.Add(diagnostic);
                return removed;
            }
        }

        return removed;
    }
}
