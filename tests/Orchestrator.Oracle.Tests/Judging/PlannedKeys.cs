using Orchestrator.Diagnostics;
using Orchestrator.Keys;
using Orchestrator.Planning;
using Orchestrator.Tool;

namespace Orchestrator.Oracle.Tests.Judging;

/// <summary>
/// What the keys of a graph are made of. The only place that knows how a plan tells it; everything else of the oracle uses the command.
/// </summary>
internal static class PlannedKeys
{
    /// <returns>By image; empty when there is no plan.</returns>
    public static async Task<IReadOnlyDictionary<string, KeyInputs>> FindAsync(ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        await using var connection = await EngineConnection.OpenAsync(environment, EngineMissing.Error, diagnostics, cancellationToken);
        if (connection is null || Workspace.Load(new WorkspaceOptions(null, null, []), connection.Platform, environment, diagnostics) is not { } graph)
        {
            return new Dictionary<string, KeyInputs>();
        }

        var planned = await Tool.GraphPlanning.RunAsync(graph, connection, new PlanOptions(), Tool.Reporters.Reporter.Create(ProgressForm.Quiet, TextWriter.Null), environment, diagnostics, cancellationToken);
        return (planned?.Plan.Images ?? []).Where(image => image.Inputs is not null).ToDictionary(image => image.Name, image => image.Inputs!, StringComparer.Ordinal);
    }

    /// <summary>The regular files of the main context that a key covers.</summary>
    public static IReadOnlySet<string> Files(KeyInputs inputs) => inputs.Context.Entries.Where(entry => entry.Entry.IsRegular).Select(entry => entry.Entry.Path).ToHashSet(StringComparer.Ordinal);
}
