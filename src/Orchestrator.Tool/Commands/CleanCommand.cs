using System.CommandLine;
using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator clean</c>: removes the graph's key tags and local names; an image that a container uses stays.</summary>
internal static class CleanCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var command = new Command("clean", "Removes the images of this graph from the engine; never one that a container uses.");
        common.AddTo(command);
        command.SetAction((parse, cancellationToken) => RunAsync(
            common.Workspace(parse), parse.GetValue(common.Missing),
            Reporter.Create(parse.GetValue(common.Progress), parse.InvocationConfiguration.Output, environment), environment, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        WorkspaceOptions options, EngineMissing missing, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var connection = await EngineConnection.OpenAsync(environment, missing, diagnostics, cancellationToken).ConfigureAwait(false);
        await using var closing = connection;
        var graph = Workspace.Load(options, connection?.Platform ?? Platforms.Default, environment, diagnostics)?.Graph;
        reporter.ReportAll(diagnostics);
        if (graph is null || connection is null)
        {
            return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
        }

        using var held = await connection.LockAsync(graph.Graph.Name, environment, reporter, cancellationToken).ConfigureAwait(false);
        foreach (var line in await new GraphImages(connection.Engine).RemoveAsync(graph, cancellationToken).ConfigureAwait(false))
        {
            reporter.Say(line);
        }

        return ExitCode.Done;
    }
}
