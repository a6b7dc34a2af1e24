using System.CommandLine;
using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Git;
using Orchestrator.Planning;
using Orchestrator.Reports;
using Orchestrator.State;
using Orchestrator.Tool.Pages;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator build</c>: plan, then do what the plan says.</summary>
internal static class BuildCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var parallel = new Option<int?>("--parallel", "-j") { Description = "Images that may be built at the same time. Default: the cores of this machine, at least 2." };
        var noCache = new Option<bool>("--no-cache") { Description = "Run every step of the images again." };
        var pull = new Option<bool>("--pull") { Description = "Ask registries for external base images even when they are here." };
        var failFast = new Option<bool>("--fail-fast") { Description = "Stop everything at the first failure." };
        var keep = new Option<int>("--keep") { Description = "Builds of each image that are kept on the engine, the present one included.", DefaultValueFactory = _ => BuildOptions.UsualKeep };
        var output = OutputOption("Where the images have to be in the end. registry: in the one that remembers builds (cache.registry), under their key tags; what is there is neither pulled nor built, and what is built is pushed there. Default: engine.");
        var report = new Option<string[]>("--report") { HelpName = "FILE.html|FILE.json", Description = "Write a report of the run to this file, also when it fails: a page for people, or JSON. May be given again." };
        var command = new Command("build", "Builds every image of the graph that is not up to date, bases first.") { parallel, noCache, pull, failFast, keep, output, report };
        common.AddTo(command);
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
            var code = await RunAsync(
                common.Workspace(parse), opening, reporter, new PlanOptions { NoCache = parse.GetValue(noCache), Pull = parse.GetValue(pull), PullMissing = true, Output = parse.GetValue(output) },
                options => options with { Parallel = Math.Max(1, parse.GetValue(parallel) ?? options.Parallel), FailFast = parse.GetValue(failFast), Keep = parse.GetValue(keep) },
                environment, cancellationToken).ConfigureAwait(false);
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
        var connection = await opening.ConnectionAsync(diagnostics).ConfigureAwait(false);
        diagnostics.AddRange(found.Items);
        var graph = read is null ? null : Workspace.Load(read, options.Images, connection?.Platform ?? Platforms.Default, diagnostics);
        using var held = await HeldGraph.TakeAsync(graph, options, connection, environment, reporter, diagnostics, cancellationToken).ConfigureAwait(false);
        reporter.ReportAll(diagnostics);
        if (held.Graph is null || connection is null)
        {
            return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
        }

        return await BuildAsync(held.Graph, connection, reporter, plan, asked(DefaultOptions(environment, connection)), environment, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What holds where nothing else is asked for, as for a command that builds on its way to something else.</summary>
    public static BuildOptions DefaultOptions(ToolEnvironment environment, EngineConnection connection) =>
        new() { Parallel = environment.UsualParallel, Environment = environment.Variables, MachineId = environment.MachineName, Proxies = connection.Proxies, EngineMajor = connection.MajorVersion };

    public static async Task<int> BuildAsync(
        LoadedGraph loaded, EngineConnection connection, IRunReporter reporter, PlanOptions planOptions, BuildOptions options, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var (began, started) = (time.GetUtcNow(), time.GetTimestamp());
        reporter.Begun();
        var diagnostics = new DiagnosticBag();
        var planned = await Planned.CreateAsync(loaded, connection, planOptions, reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false);
        if (planned is not null)
        {
            EngineDisk.Check(planned.Plan, connection, diagnostics);
        }

        reporter.ReportAll(diagnostics);
        if (planned is null)
        {
            return ExitCode.Failed;
        }

        var plan = planned.Plan;
        var graph = plan.Graph;
        var builds = new PastBuilds(new GraphState(environment.StateDirectory, graph.Graph.File));
        if (!plan.IsUpToDate)
        {
            reporter.Expect(builds.Durations(), options.Parallel);
        }

        reporter.Planned(plan);
        var stamps = new BuildStamps(new GitCommand(graph.Graph.Root), time, cancellationToken);
        var builder = new ImageBuilder(connection.BuildKit, connection.Credentials, stamps, options, time);
        var pull = new EnginePull(connection.Engine, connection.Credentials, reporter);
        var pins = new ExternalPins(connection.Engine, pull, graph.Graph);
        var worker = new ImageWorker(graph.Graph, connection.Engine, builder, planned.Planner, planned.Contexts, pins, new RegistryPull(connection.Engine, pull, graph.Graph), planned.Externals, planned.Explanations, planOptions, reporter, time);
        var results = await new BuildRun(plan, worker, reporter, options).RunAsync(cancellationToken).ConfigureAwait(false);
        reporter.Ended(results, time.GetElapsedTime(started));
        if (PastBuild.Of(results, began, time.GetElapsedTime(started)) is { } build)
        {
            builds.Add(build, graph.Graph.Images.Select(image => image.Name));
        }

        await pins.DropAsync(CancellationToken.None).ConfigureAwait(false);
        if (!cancellationToken.IsCancellationRequested)
        {
            var built = results.Where(result => result.Outcome == BuildOutcome.Built).Select(result => result.Planned).ToList();
            await new SupersededImages(connection.Engine, reporter).DropAsync(graph, built, options.Keep, cancellationToken).ConfigureAwait(false);
        }

        if (planOptions.Output == BuildOutput.Registry && !cancellationToken.IsCancellationRequested)
        {
            diagnostics.AddRange(await RegistryDelivery.RunAsync(plan, results, connection, reporter, cancellationToken).ConfigureAwait(false));
        }

        return results.Any(result => result.Outcome == BuildOutcome.Cancelled) && cancellationToken.IsCancellationRequested ? ExitCode.Cancelled
            : results.All(result => result.IsSuccess) && !diagnostics.HasErrors ? ExitCode.Done : ExitCode.Failed;
    }
}
