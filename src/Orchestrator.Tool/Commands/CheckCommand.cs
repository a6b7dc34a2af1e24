using System.CommandLine;
using Orchestrator.Contexts;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.State;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator check</c>: all that is wrong with the graph, its Dockerfiles and its contexts. Needs no engine and builds nothing.</summary>
internal static class CheckCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var command = new Command("check", "Shows everything that is wrong with the graph, its Dockerfiles and its contexts; needs no engine.");
        common.AddTo(command, asksEngine: false);
        command.SetAction((parse, cancellationToken) => Task.FromResult(Run(
            common.Workspace(parse), Reporter.Create(parse.GetValue(common.Progress), parse.InvocationConfiguration.Output, environment), environment, cancellationToken)));
        return command;
    }

    private static int Run(WorkspaceOptions options, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var graph = Workspace.Load(options, Platforms.Default, environment, diagnostics)?.Graph;
        if (graph is not null)
        {
            var cache = StatCache.Open(new GraphState(environment.StateDirectory, graph.Graph.File), environment.MachineName, TimeProvider.System);
            new ContextCheck(new ImageContexts(new ContextReader(cache), WholeContexts.None), diagnostics).Check(graph, cancellationToken);
            cache.Save();
        }

        reporter.ReportAll(diagnostics);
        var errors = diagnostics.Items.Count(item => item.Severity == Severity.Error);
        reporter.Say($"{(graph is null ? "stopped before the contexts were read" : $"{graph.Images.Count} images")}: {errors} errors, {diagnostics.Items.Count - errors} warnings");
        return errors > 0 ? ExitCode.Failed : ExitCode.Done;
    }
}
