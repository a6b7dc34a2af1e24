using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Tool;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Oracle.Tests.Judging;

/// <summary>
/// The regular files of the main context that an image's key covers. The only place that knows how a plan tells them; everything else of the oracle uses
/// the command.
/// </summary>
internal static class HashedFiles
{
    /// <returns>By image; empty when there is no plan.</returns>
    public static async Task<IReadOnlyDictionary<string, IReadOnlySet<string>>> FindAsync(ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        await using var connection = await EngineConnection.OpenAsync(environment, EngineMissing.Error, diagnostics, cancellationToken);
        if (connection is null || Workspace.Load(new WorkspaceOptions(null, null, []), connection.Platform, environment, diagnostics) is not { } graph)
        {
            return new Dictionary<string, IReadOnlySet<string>>();
        }

        var planned = await Tool.Planned.CreateAsync(graph, connection, new PlanOptions(), new PlainReporter(TextWriter.Null, isQuiet: true), environment, diagnostics, cancellationToken);
        return planned is null ? new Dictionary<string, IReadOnlySet<string>>() : planned.Plan.Images.ToDictionary(image => image.Name, Of, StringComparer.Ordinal);
    }

    private static IReadOnlySet<string> Of(PlannedImage image) => (image.Inputs?.Context.Entries ?? []).Where(entry => entry.Entry.IsRegular).Select(entry => entry.Entry.Path).ToHashSet(StringComparer.Ordinal);
}
