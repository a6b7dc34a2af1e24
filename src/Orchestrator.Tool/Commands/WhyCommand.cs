using System.CommandLine;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator why</c>: which inputs of an image differ from those that it was built with, and through which bases.</summary>
internal static class WhyCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("why", "Shows what changed since images were built. Default: all images that are not up to date.") { json };
        common.AddTo(command);
        command.SetAction((parse, cancellationToken) => RunAsync(
            common.Workspace(parse), parse.GetValue(common.Missing), parse.GetValue(json),
            parse.InvocationConfiguration.Output, Reporter.Beside(parse.GetValue(json), parse.GetValue(common.Progress), parse.InvocationConfiguration, environment), environment, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        WorkspaceOptions options, EngineMissing missing, bool json, TextWriter output, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var connection = await EngineConnection.OpenAsync(environment, missing, diagnostics, cancellationToken).ConfigureAwait(false);
        await using var closing = connection;
        var graph = Workspace.Load(options, connection?.Platform ?? Platforms.Default, environment, diagnostics);
        using var held = await HeldGraph.TakeToPublishAsync(graph, options, connection, environment, reporter, diagnostics, cancellationToken).ConfigureAwait(false);
        var planned = held.Graph is null || connection is null
            ? null
            : await GraphPlanning.RunAsync(held.Graph, connection, new PlanOptions(), reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false);
        reporter.ReportAll(diagnostics);
        if (planned is null)
        {
            return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
        }

        var finder = new ChangeFinder(planned.Plan, new BuildMemory(connection!.Engine, planned.Explanations));
        var changes = new List<ImageChanges>();
        foreach (var image in planned.Plan.Images.Where(image => graph!.Wanted.Count == 0 ? image.Action != PlanAction.UpToDate : graph.Wanted.Contains(image.Name)))
        {
            changes.Add(await finder.FindAsync(image, cancellationToken).ConfigureAwait(false));
        }

        await output.WriteAsync(json ? ChangesText.Json(changes) : ChangesText.Tree(changes, environment.Variables)).ConfigureAwait(false);
        return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }
}
