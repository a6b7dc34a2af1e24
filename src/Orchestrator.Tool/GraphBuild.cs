using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Git;
using Orchestrator.Planning;
using Orchestrator.Reports;
using Orchestrator.State;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool;

/// <summary>Plans a graph that was read, does what the plan says, and tells of it: <c>orchestrator build</c>, and other commands on their way to something else.</summary>
internal sealed class GraphBuild(EngineConnection connection, IRunReporter reporter, ToolEnvironment environment)
{
    private readonly TimeProvider _time = TimeProvider.System;

    /// <summary>What holds where nothing else is asked for.</summary>
    public static BuildOptions DefaultOptions(EngineConnection connection, ToolEnvironment environment) =>
        new() { Parallel = environment.UsualBuilds, Environment = environment.Variables, MachineId = environment.MachineName, Proxies = connection.Proxies, EngineMajor = connection.MajorVersion };

    /// <returns>How the command ends.</returns>
    public async Task<int> RunAsync(LoadedGraph loaded, PlanOptions planOptions, BuildOptions options, CancellationToken cancellationToken)
    {
        var (began, started) = (_time.GetUtcNow(), _time.GetTimestamp());
        reporter.Begun();
        var diagnostics = new DiagnosticBag();
        var planned = await GraphPlanning.RunAsync(loaded, connection, planOptions, reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false);
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
        var builds = new PastBuilds(new GraphState(environment.StateDirectory, plan.Graph.Graph.File));
        if (!plan.IsUpToDate)
        {
            reporter.Expect(builds.Durations(), options.Parallel);
        }

        reporter.Planned(plan);
        var superseded = new SupersededImages(connection.Engine, planned.Explanations, reporter, plan.Graph.Graph);
        superseded.Begin(plan.Images.Where(image => image.Action == PlanAction.Build), cancellationToken);
        var results = await BuildAsync(planned, planOptions, options, cancellationToken).ConfigureAwait(false);
        planned.Planner.SaveBuilt(plan.Graph);
        reporter.Ended(results, _time.GetElapsedTime(started));
        if (PastBuild.Of(results, began, _time.GetElapsedTime(started)) is { } build)
        {
            builds.Add(build, plan.Graph.Graph.Images.Select(image => image.Name));
        }

        if (!cancellationToken.IsCancellationRequested)
        {
            await FollowAsync(planned, results, superseded, planOptions, options, diagnostics, cancellationToken).ConfigureAwait(false);
        }

        return results.Any(result => result.Outcome == BuildOutcome.Cancelled) && cancellationToken.IsCancellationRequested ? ExitCode.Cancelled
            : results.All(result => result.IsSuccess) && !diagnostics.HasErrors ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>What is held for the run is let go of however it ends.</summary>
    private async Task<IReadOnlyList<ImageResult>> BuildAsync(Planned planned, PlanOptions planOptions, BuildOptions options, CancellationToken cancellationToken)
    {
        var graph = planned.Plan.Graph.Graph;
        var pull = new EnginePull(connection.Engine, connection.Credentials, reporter);
        var held = new HeldImages(connection.Engine, pull, new HeldNames(graph, _time.GetUtcNow()));
        var contexts = new SharedContexts(connection.BuildKit, planned.Plan.Images.Where(image => image.Action == PlanAction.Build), options.MachineId);
        await using var closing = contexts.ConfigureAwait(false);
        var tidying = planned.Plan.Images.Any(image => image.Action == PlanAction.Build) ? new HeldLeftovers(connection.Engine, _time).DropAsync(graph, cancellationToken) : Task.CompletedTask;
        try
        {
            return await new BuildRun(planned.Plan, Worker(planned, pull, held, contexts, planOptions, options, cancellationToken), reporter, options, _time).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await Task.WhenAll(tidying, held.DropAsync()).ConfigureAwait(false);
        }
    }

    private ImageWorker Worker(Planned planned, EnginePull pull, HeldImages held, SharedContexts contexts, PlanOptions planOptions, BuildOptions options, CancellationToken cancellationToken)
    {
        var graph = planned.Plan.Graph.Graph;
        var stamps = new BuildStamps(new GitCommand(graph.Root), _time, cancellationToken);
        var builder = new ImageBuilder(connection.BuildKit, connection.Credentials, stamps, contexts, options, _time);
        if (planned.Plan.Images.Any(image => image.Action == PlanAction.Build))
        {
            builder.Prepare();
        }

        var fromRegistry = new RegistryPull(connection.Engine, pull, graph);
        var footings = new Footings(connection.Engine, held, fromRegistry, planned.Externals);
        return new ImageWorker(
            graph, connection.Engine, builder, planned.Planner, planned.Contexts, held, footings, fromRegistry, planned.Externals, planned.Explanations, planOptions, reporter, _time);
    }

    /// <summary>What becomes of a build that nobody cancelled: what it superseded goes, and a registry gets what it is to have.</summary>
    private async Task FollowAsync(Planned planned, IReadOnlyList<ImageResult> results, SupersededImages superseded, PlanOptions planOptions, BuildOptions options, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var built = results.Where(result => result.Outcome == BuildOutcome.Built).Select(result => result.Planned).ToList();
        await superseded.DropAsync(built, options.Keep, cancellationToken).ConfigureAwait(false);
        if (planOptions.Output == BuildOutput.Registry && !cancellationToken.IsCancellationRequested)
        {
            diagnostics.AddRange(await RegistryDelivery.RunAsync(planned.Plan, results, connection, reporter, cancellationToken).ConfigureAwait(false));
        }
    }
}
