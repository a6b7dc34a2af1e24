using System.CommandLine;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Tagging;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator plan</c>: what would happen and why; nothing is built or pulled to find out.</summary>
internal static class PlanCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var noCache = new Option<bool>("--no-cache") { Description = "As `build --no-cache` would." };
        var pull = new Option<bool>("--pull") { Description = "As `build --pull` would; nothing is pulled to find out." };
        var output = BuildCommand.OutputOption("As `build --output` would. Default: engine.");
        var command = new Command("plan", "Shows for each image what would happen and why.") { json, noCache, pull, output };
        var release = new ReleaseOptions();
        common.AddTo(command);
        release.AddTo(command);
        command.SetAction((parse, cancellationToken) => RunAsync(
            common.Workspace(parse), parse.GetValue(common.Missing), parse.GetValue(json), release.Read(parse),
            new PlanOptions { NoCache = parse.GetValue(noCache), Pull = parse.GetValue(pull), Output = parse.GetValue(output) },
            parse.InvocationConfiguration.Output, Reporter.Beside(parse.GetValue(json), parse.GetValue(common.Progress), parse.InvocationConfiguration, environment), environment, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        WorkspaceOptions workspace, EngineMissing missing, bool json, ReleaseRequest request, PlanOptions options, TextWriter output, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var connection = await EngineConnection.OpenAsync(environment, missing, diagnostics, cancellationToken).ConfigureAwait(false);
        await using var closing = connection;
        var graph = Workspace.Load(workspace, connection?.Platform ?? Platforms.Default, environment, diagnostics);
        if (graph is null || connection is null)
        {
            reporter.ReportAll(diagnostics);
            return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
        }

        using var held = await HeldGraph.TakeToPublishAsync(graph, workspace, connection, environment, reporter, diagnostics, cancellationToken).ConfigureAwait(false);
        var planned = held.Graph is null ? null : await GraphPlanning.RunAsync(held.Graph, connection, options, reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false);
        reporter.ReportAll(diagnostics);
        if (planned is null)
        {
            return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
        }

        // What is missing for publishing fails no plan: it is told, and `tags` and `push` fail. Git is not asked where nothing is published.
        var problems = new DiagnosticBag();
        var publishes = planned.Plan.Images.Any(image => image.Image.Node.Publications.Any(publication => publication.Templates.Count > 0));
        var facts = json || publishes ? await ReleaseOptions.FactsAsync(request, planned.Plan.Graph.Graph, environment, problems, cancellationToken).ConfigureAwait(false) : null;
        var tags = facts is null ? [] : Tags(planned.Plan, facts, problems);
        if (json)
        {
            await output.WriteAsync(PlanJson.Write(planned.Plan, facts!, tags, problems)).ConfigureAwait(false);
        }
        else
        {
            reporter.Show(planned.Plan, tags);
            foreach (var line in planned.Services)
            {
                reporter.Say(line);
            }

            if (problems.HasErrors)
            {
                reporter.Say("the tags to publish cannot all be told; `orchestrator tags` says why");
            }
        }

        return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    private static IReadOnlyList<ImageTags> Tags(Plan plan, ReleaseFacts facts, DiagnosticBag problems)
    {
        var keys = plan.Images.ToDictionary(image => image.Name, image => image.Key, StringComparer.Ordinal);
        return new ReleaseTags(plan.Graph.Graph, facts, problems).Resolve([.. plan.Images.Select(image => image.Image.Node)], node => keys[node.Name]);
    }
}
