using System.CommandLine;
using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Keys;
using Orchestrator.Projects;
using Orchestrator.State;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary>
/// <c>orchestrator clean</c>: removes the graph's key tags and local names; an image that a container uses stays. With <c>--registry</c>, the key tags
/// there instead.
/// </summary>
internal static class CleanCommand
{
    private const int UsualKeep = 2;

    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var registry = new Option<bool>("--registry") { Description = "Remove key tags that newer builds superseded from the registry that remembers builds, and nothing from the engine." };
        var keep = new Option<int>("--keep") { HelpName = "N", Description = "With --registry: how many of the newest key tags of each image stay, besides the one that the graph has now.", DefaultValueFactory = _ => UsualKeep };
        var dryRun = new Option<bool>("--dry-run") { Description = "With --registry: show what would be removed; change nothing." };
        var command = new Command("clean", "Removes the images of this graph from the engine; never one that a container uses.") { registry, keep, dryRun };
        common.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(registry) && (result.GetValue(dryRun) || result.GetResult(keep) is { Implicit: false }))
            {
                result.AddError("--keep and --dry-run are about --registry.");
            }
            else if (result.GetValue(registry) && result.GetResult(common.Missing) is { Implicit: false })
            {
                result.AddError("--registry needs no engine, so it excludes --engine-missing.");
            }
            else if (result.GetValue(keep) < 0)
            {
                result.AddError("--keep is a number of key tags, 0 or more.");
            }
        });
        command.SetAction((parse, cancellationToken) =>
        {
            var reporter = Reporter.Create(parse.GetValue(common.Progress), parse.InvocationConfiguration.Output, environment);
            return parse.GetValue(registry)
                ? new RegistryCleaning(common.Workspace(parse), parse.GetValue(keep), parse.GetValue(dryRun)).RunAsync(reporter, environment, cancellationToken)
                : RunAsync(common.Workspace(parse), parse.GetValue(common.Missing), reporter, environment, cancellationToken);
        });
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
        var state = new GraphState(environment.StateDirectory, graph.Graph.File);
        foreach (var line in await new GraphImages(connection.Engine, new ExplanationStore(state)).RemoveAsync(graph, withFormer: options.Images.Count == 0, cancellationToken).ConfigureAwait(false))
        {
            reporter.Say(line);
        }

        await new HeldLeftovers(connection.Engine, TimeProvider.System).DropAsync(graph.Graph, cancellationToken).ConfigureAwait(false);
        if (options.Images.Count == 0)
        {
            ProjectPublications.Forget(state);
        }

        return ExitCode.Done;
    }
}
