using System.CommandLine;
using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Tool.Pages;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator build</c>: plan, then do what the plan says.</summary>
internal static class BuildCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var parallel = new Option<int?>("--parallel", "-j") { Description = "Images whose steps may run at the same time. Default: the cores of this machine, at least 4." };
        var noCache = new Option<bool>("--no-cache") { Description = "Run every step of the images again." };
        var pull = new Option<bool>("--pull") { Description = "Ask registries for external base images even when they are here." };
        var failFast = new Option<bool>("--fail-fast") { Description = "Stop everything at the first failure." };
        var keep = new Option<int>("--keep") { Description = "Builds of each image that are kept on the engine, the present one included.", DefaultValueFactory = _ => BuildOptions.UsualKeep };
        var output = OutputOption("Where the images have to be in the end. registry: in the one that remembers builds (cache.registry), under their key tags; what is there is neither pulled nor built, and what is built is pushed there. Default: engine.");
        var report = new Option<string[]>("--report") { HelpName = "FILE.html|FILE.json", Description = "Write a report of the run to this file, also when it fails: a page for people, or JSON. May be given again." };
        var command = new Command("build", "Builds every image of the graph that is not up to date, bases first.") { parallel, noCache, pull, failFast, keep, output, report };
        common.AddTo(command);
        AtLeastOne.Require(parallel);
        AtLeastOne.Require(keep);
        command.Validators.Add(result =>
        {
            foreach (var file in (result.GetValue(report) ?? []).Where(file => !ReportFiles.IsReport(file)))
            {
                result.AddError($"--report '{file}' has to end in .html or .json, which says how it is written.");
            }
        });
        command.SetAction(async (parse, cancellationToken) =>
        {
            var files = new ReportFiles([.. (parse.GetValue(report) ?? []).Select(file => Path.GetFullPath(file, environment.CurrentDirectory))]);
            var reporting = new BuildReporting(files, environment);
            var console = Reporter.Create(parse.GetValue(common.Progress), parse.InvocationConfiguration.Output, environment);
            using var reporter = reporting.Around(console);
            var opening = EngineOpening.Start(environment, parse.GetValue(common.Missing), cancellationToken);
            await using var closing = opening.ConfigureAwait(false);
            int code;
            try
            {
                code = await RunAsync(
                    common.Workspace(parse), opening, reporter, new PlanOptions { NoCache = parse.GetValue(noCache), Pull = parse.GetValue(pull), PullMissing = true, Output = parse.GetValue(output) },
                    options => options with { Parallel = parse.GetValue(parallel) ?? options.Parallel, FailFast = parse.GetValue(failFast), Keep = parse.GetValue(keep) },
                    environment, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) // told by whoever catches it; but the report of an earlier run must not pass for that of this one
            {
                await reporting.EndAsync(exception, opening, console, cancellationToken).ConfigureAwait(false);
                throw;
            }

            return await reporting.EndAsync(code, opening, console, cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    public static Option<BuildOutput> OutputOption(string description) => new("--output") { HelpName = "engine|registry", Description = description };

    private static async Task<int> RunAsync(
        WorkspaceOptions options, EngineOpening opening, IRunReporter reporter, PlanOptions plan, Func<BuildOptions, BuildOptions> asked, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        // A file is checked whether or not there is an engine.
        var found = new DiagnosticBag();
        var read = Workspace.Read(options, environment, found);
        if (read is not null)
        {
            reporter.Loaded(read);
        }

        var connection = await opening.ConnectionAsync(diagnostics).ConfigureAwait(false);
        diagnostics.AddRange(found.Items);
        var graph = read is null ? null : Workspace.Load(read, options.Images, connection?.Platform ?? Platforms.Default, diagnostics);
        using var held = await HeldGraph.TakeAsync(graph, options, connection, environment, reporter, diagnostics, cancellationToken).ConfigureAwait(false);
        reporter.ReportAll(diagnostics);
        if (held.Graph is null || connection is null)
        {
            return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
        }

        return await new GraphBuild(connection, reporter, environment).RunAsync(held.Graph, plan, asked(GraphBuild.DefaultOptions(connection, environment)), cancellationToken).ConfigureAwait(false);
    }
}
