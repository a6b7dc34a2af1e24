using System.CommandLine;
using Orchestrator.Diagnostics;
using Orchestrator.Fixing;
using Orchestrator.Planning;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator fix</c>: brings what Dockerfiles reach for outside their contexts into them. Needs no engine; without <c>--write</c> nothing changes.</summary>
internal static class FixCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment, ImageCompletions completions)
    {
        var images = new Argument<string[]>("image") { Description = "Images of the graph, by key or local name. Default: all.", Arity = ArgumentArity.ZeroOrMore, CompletionSources = { completions.Of } };
        var overlay = new Option<bool>("--overlay") { Description = "Lay the paths into the contexts, in images.yml; Dockerfiles and Compose files stay as they are. This is the default." };
        var context = new Option<bool>("--context") { Description = "Build in the nearest folder that holds everything, and write the sources in Dockerfiles relative to it." };
        var write = new Option<bool>("--write") { Description = "Make the changes. Default: they are only shown." };
        var command = new Command("fix", "Repairs sources that leave their build context, such as COPY ../shared: shows the changes as a diff.") { common.File, common.GraphEnvironment, overlay, context, write, images };
        command.Validators.Add(result =>
        {
            if (result.GetValue(overlay) && result.GetValue(context))
            {
                result.AddError("--overlay and --context are two ways; take one.");
            }
        });
        command.SetAction((parse, _) =>
        {
            var options = new WorkspaceOptions(parse.GetValue(common.File), parse.GetValue(common.GraphEnvironment), parse.GetValue(images) ?? []);
            var way = parse.GetValue(context) ? FixWay.Context : FixWay.Overlay;
            return Task.FromResult(Run(options, way, parse.GetValue(write), environment, parse.InvocationConfiguration.Output));
        });
        return command;
    }

    private static int Run(WorkspaceOptions options, FixWay way, bool writes, ToolEnvironment environment, TextWriter output)
    {
        var reporter = Reporter.Create(ProgressForm.Plain, output, environment);
        var diagnostics = new DiagnosticBag();
        var graph = Workspace.Read(options, environment, diagnostics);
        var loaded = graph is null ? null : LoadedGraph.Read(graph, Platforms.Default, new Dictionary<string, string>(), diagnostics)?.Graph;
        if (loaded is null || Workspace.Options(options, environment) is not { } reading || diagnostics.HasErrors || !WantedImages.AreKnown(options.Images, [.. loaded.Images.Select(image => image.Node)], diagnostics))
        {
            reporter.ReportAll(diagnostics);
            return ExitCode.Failed;
        }

        var proposal = GraphFix.Propose(loaded, reading, Platforms.Default, way, node => WantedImages.Include(options.Images, node), diagnostics);
        FixReport.Write(output, loaded.Graph.Root, proposal);
        var written = writes && proposal.Files.Count > 0 ? FixWriter.Write(proposal.Files, diagnostics) : [];
        reporter.ReportAll(diagnostics);
        FixReport.WriteEnd(output, loaded.Graph.Root, proposal, way, writes, written, isClean: !diagnostics.HasErrors);
        return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }
}
