using System.CommandLine;
using Orchestrator.Diagnostics;
using Orchestrator.Keys;
using Orchestrator.Planning;
using Orchestrator.Tagging;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator tags</c>: what the images would be published as. Needs an engine only where a template takes a key.</summary>
internal static class TagsCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var release = new ReleaseOptions();
        var command = new Command("tags", "Shows the tags that each image would be published under.") { json };
        common.AddTo(command);
        release.AddTo(command);
        command.SetAction((parse, cancellationToken) => RunAsync(
            common.Workspace(parse), parse.GetValue(common.Missing), release.Read(parse), parse.GetValue(json),
            parse.InvocationConfiguration.Output, Reporter.Create(parse.GetValue(common.Progress), parse.InvocationConfiguration.Error, environment), environment, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        WorkspaceOptions options, EngineMissing missing, ReleaseRequest request, bool json, TextWriter output, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var loaded = Workspace.Load(options, Platforms.Default, environment, diagnostics);
        if (loaded is not null)
        {
            var graph = loaded.Graph;
            // A selection brings along what it is built from; only what was asked for is shown.
            var nodes = graph.Images.Where(image => WantedImages.Include(options.Images, image.Node)).Select(image => image.Node).ToList();
            var keys = ReleaseTags.NeedKeys(nodes)
                ? await KeysAsync(loaded, options, missing, reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false)
                : new Dictionary<string, CacheKey?>();
            var facts = await ReleaseOptions.FactsAsync(request, graph.Graph, environment, diagnostics, cancellationToken).ConfigureAwait(false);
            var tags = new ReleaseTags(graph.Graph, facts, diagnostics).Resolve(nodes, node => keys.GetValueOrDefault(node.Name));
            await output.WriteAsync(json ? TagsText.Json(graph.Graph, facts, tags) : TagsText.Table(facts, tags)).ConfigureAwait(false);
        }

        reporter.ReportAll(diagnostics);
        return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    private static async Task<Dictionary<string, CacheKey?>> KeysAsync(
        LoadedGraph graph, WorkspaceOptions options, EngineMissing missing, IRunReporter reporter, ToolEnvironment environment, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var connection = await EngineConnection.OpenAsync(environment, missing, diagnostics, cancellationToken).ConfigureAwait(false);
        await using var closing = connection;
        if (connection is null)
        {
            return [];
        }

        using var held = await HeldGraph.TakeToPublishAsync(graph, options, connection, environment, reporter, diagnostics, cancellationToken).ConfigureAwait(false);
        var planned = held.Graph is null ? null : await GraphPlanning.RunAsync(held.Graph, connection, new PlanOptions(), reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false);
        return planned is null ? [] : planned.Plan.Images.ToDictionary(image => image.Name, image => image.Key, StringComparer.Ordinal);
    }
}
