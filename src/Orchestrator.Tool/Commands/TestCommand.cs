using System.CommandLine;
using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Testing;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator test</c>: runs the tests of the images in containers, after building what is not up to date.</summary>
internal static class TestCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var noBuild = new Option<bool>("--no-build") { Description = "Test what is on the engine; an image that is not up to date is an error." };
        var noCache = new Option<bool>("--no-cache") { Description = "Run also the tests that this build of an image has passed before." };
        var parallel = new Option<int?>("--parallel", "-j") { Description = "Containers that may run at the same time. Default: the machine's cores, at least 2." };
        var keep = new Option<int>("--keep") { Description = "Builds of each image that are kept on the engine, the present one included.", DefaultValueFactory = _ => BuildOptions.UsualKeep };
        var trx = new Option<string?>("--trx") { HelpName = "FILE", Description = "Write the results to this file in the form of Visual Studio's tests (TRX)." };
        var junit = new Option<string?>("--junit") { HelpName = "FILE", Description = "Write the results to this file in the form of JUnit." };
        var command = new Command("test", "Runs the tests of the images ('test' in images.yml) in containers, and builds first what is not up to date.") { noBuild, noCache, parallel, keep, trx, junit };
        common.AddTo(command);
        AtLeastOne.Require(parallel);
        AtLeastOne.Require(keep);
        command.SetAction((parse, cancellationToken) =>
        {
            var options = ImageTesting.DefaultOptions(environment);
            var request = new TestRequest(
                common.Workspace(parse), parse.GetValue(common.Missing), options with { NoCache = parse.GetValue(noCache), Parallel = parse.GetValue(parallel) ?? options.Parallel },
                !parse.GetValue(noBuild), parse.GetValue(keep), parse.GetValue(trx), parse.GetValue(junit));
            return RunAsync(request, Reporter.Create(parse.GetValue(common.Progress), parse.InvocationConfiguration.Output, environment), environment, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(TestRequest request, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        using var told = reporter;
        var diagnostics = new DiagnosticBag();
        var started = TimeProvider.System.GetUtcNow();
        var read = Workspace.Read(request.Workspace, environment, diagnostics);
        var code = read is null ? ExitCode.Failed
            : read.Images.Any(node => IsTested(node, request.Workspace.Images)) ? await TestAsync(read, request, started, reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false)
            : Nothing(read, request, started, reporter, environment, diagnostics);
        reporter.ReportAll(diagnostics);
        return code == ExitCode.Done && diagnostics.HasErrors ? ExitCode.Failed : code;
    }

    private static bool IsTested(ImageNode node, IReadOnlyList<string> names) => node.Tests.Count > 0 && WantedImages.Include(names, node);

    /// <summary>Where there is nothing to test, nothing is built for it, and no engine is needed.</summary>
    private static int Nothing(ImageGraph read, TestRequest request, DateTimeOffset started, IRunReporter reporter, ToolEnvironment environment, DiagnosticBag diagnostics)
    {
        if (Workspace.Load(read, request.Workspace.Images, Platforms.Default, diagnostics) is null)
        {
            return ExitCode.Failed;
        }

        reporter.Say("there is nothing to test: no image that is meant has a 'test'");
        Write(request, read, [], started, environment, diagnostics);
        return ExitCode.Done;
    }

    private static async Task<int> TestAsync(
        ImageGraph read, TestRequest request, DateTimeOffset started, IRunReporter reporter, ToolEnvironment environment, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var connection = await EngineConnection.OpenAsync(environment, request.Missing, diagnostics, cancellationToken).ConfigureAwait(false);
        await using var closing = connection;
        var loaded = Workspace.Load(read, request.Workspace.Images, connection?.Platform ?? Platforms.Default, diagnostics);
        using var held = await HeldGraph.TakeAsync(loaded, request.Workspace, connection, environment, reporter, diagnostics, cancellationToken).ConfigureAwait(false);
        reporter.ReportAll(diagnostics);
        if (held.Graph is not { } graph || connection is null || diagnostics.HasErrors)
        {
            return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
        }

        if (request.Builds)
        {
            var options = GraphBuild.DefaultOptions(connection, environment) with { Keep = request.Keep };
            var built = await new GraphBuild(connection, reporter, environment).RunAsync(graph, new PlanOptions { PullMissing = true }, options, cancellationToken).ConfigureAwait(false);
            if (built != ExitCode.Done)
            {
                return built;
            }
        }

        var results = await ImageTesting.RunAsync(held, request.Workspace.Images, request.Options, connection, reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false);
        if (results is null)
        {
            return ExitCode.Failed;
        }

        reporter.Say(TestText.Summary(results, TimeProvider.System.GetUtcNow() - started));
        Write(request, graph.Graph.Graph, results, started, environment, diagnostics);
        return results.All(result => result.Outcome != TestOutcome.Failed) ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Write(TestRequest request, ImageGraph graph, IReadOnlyList<TestResult> results, DateTimeOffset started, ToolEnvironment environment, DiagnosticBag diagnostics)
    {
        if (request.Trx is { } trx)
        {
            var report = new TrxReport(environment.MachineName.Split('/')[0]).Of(graph.Name, graph.File, results, started, TimeProvider.System.GetUtcNow());
            ReportFile.Write(Path.GetFullPath(trx, environment.CurrentDirectory), report, diagnostics);
        }

        if (request.JUnit is { } junit)
        {
            ReportFile.Write(Path.GetFullPath(junit, environment.CurrentDirectory), JUnitReport.Of(graph.Name, results), diagnostics);
        }
    }
}
