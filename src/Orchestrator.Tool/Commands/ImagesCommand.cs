using System.CommandLine;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator images</c>: what the engine has of the graph's images.</summary>
internal static class ImagesCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("images", "Shows what the engine has of the graph's images: whether it is up to date, its size and age, what it is built on, its names.") { json };
        common.AddTo(command);
        command.SetAction((parse, cancellationToken) => RunAsync(
            common.Workspace(parse), parse.GetValue(common.Missing), parse.GetValue(json), parse.InvocationConfiguration.Output,
            Reporter.Create(parse.GetValue(common.Progress), parse.InvocationConfiguration.Error, environment), environment, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        WorkspaceOptions workspace, EngineMissing missing, bool json, TextWriter output, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        using var told = reporter;
        var diagnostics = new DiagnosticBag();
        var connection = await EngineConnection.OpenAsync(environment, missing, diagnostics, cancellationToken).ConfigureAwait(false);
        await using var closing = connection;
        var graph = Workspace.Load(workspace, connection?.Platform ?? Platforms.Default, environment, diagnostics);
        using var held = await HeldGraph.TakeToPublishAsync(graph, workspace, connection, environment, reporter, diagnostics, cancellationToken).ConfigureAwait(false);
        var planned = held.Graph is null || connection is null ? null
            : await GraphPlanning.RunAsync(held.Graph, connection, new PlanOptions(), reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false);
        reporter.ReportAll(diagnostics);
        if (planned is null)
        {
            return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
        }

        var here = await connection!.Engine.ListImagesAsync([], cancellationToken).ConfigureAwait(false);
        var rows = planned.Plan.Images.Select(image => EngineImage.Of(image, here)).ToList();
        await output.WriteAsync(json ? ImagesText.Json(planned.Plan.Graph.Graph, rows) : ImagesText.Table(rows, TimeProvider.System.GetUtcNow())).ConfigureAwait(false);
        return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }
}
