using System.CommandLine;
using Orchestrator.Diagnostics;
using Orchestrator.Tool.Drawing;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator graph</c>: who is built from whom. Needs no engine.</summary>
internal static class GraphCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var mermaid = new Option<bool>("--mermaid") { Description = "As a Mermaid flowchart." };
        var dot = new Option<bool>("--dot") { Description = "As Graphviz DOT." };
        var svg = new Option<bool>("--svg") { Description = "As a drawing, SVG." };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("graph", "Shows the images and what they are built from.") { mermaid, dot, svg, json };
        common.AddTo(command, asksEngine: false);
        command.Validators.Add(result =>
        {
            if (new[] { mermaid, dot, svg, json }.Count(result.GetValue) > 1)
            {
                result.AddError("--mermaid, --dot, --svg and --json are forms of one graph; take one.");
            }
        });
        command.SetAction(parse =>
        {
            var diagnostics = new DiagnosticBag();
            var output = parse.InvocationConfiguration.Output;
            var graph = Workspace.Load(common.Workspace(parse), Platforms.Default, environment, diagnostics)?.Graph;
            Reporter.Create(parse.GetValue(common.Progress), parse.InvocationConfiguration.Error, environment).ReportAll(diagnostics);
            if (graph is null)
            {
                return ExitCode.Failed;
            }

            output.Write(parse.GetValue(mermaid) ? GraphText.Mermaid(graph) : parse.GetValue(dot) ? GraphText.Dot(graph) : parse.GetValue(svg) ? GraphPicture.Svg(graph) : parse.GetValue(json) ? GraphText.Json(graph) : GraphText.Tree(graph));
            return ExitCode.Done;
        });
        return command;
    }
}
