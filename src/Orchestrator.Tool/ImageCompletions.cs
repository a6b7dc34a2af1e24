using System.CommandLine.Completions;
using Orchestrator.Diagnostics;

namespace Orchestrator.Tool;

/// <summary>The images of the graph as what can follow on a command line. A graph that cannot be read has none: nobody is told while typing.</summary>
internal sealed class ImageCompletions(CommonOptions common, ToolEnvironment environment)
{
    public IEnumerable<CompletionItem> Of(CompletionContext context)
    {
        var options = new WorkspaceOptions(context.ParseResult.GetValue(common.File), context.ParseResult.GetValue(common.GraphEnvironment), []);
        var names = Workspace.Read(options, environment, new DiagnosticBag())?.Images.Select(node => node.Name) ?? [];
        return names.Where(name => name.StartsWith(context.WordToComplete, StringComparison.Ordinal)).Select(name => new CompletionItem(name));
    }
}
