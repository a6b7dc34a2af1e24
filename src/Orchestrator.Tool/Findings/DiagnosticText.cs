using Orchestrator.Diagnostics;

namespace Orchestrator.Tool.Findings;

/// <summary>A finding for a person: what is wrong and where on the first line, then the place itself, why, and what to do.</summary>
internal static class DiagnosticText
{
    /// <param name="width">Cells that an excerpt may take.</param>
    public static IReadOnlyList<string> Lines(Diagnostic diagnostic, int width) => [diagnostic.ToString().Split('\n')[0], .. Details(diagnostic, width)];

    /// <summary>All but the first line.</summary>
    public static IReadOnlyList<string> Details(Diagnostic diagnostic, int width)
    {
        if (diagnostic.Severity == Severity.Message)
        {
            return [.. diagnostic.Message.Split('\n').Skip(1)];
        }

        List<string> lines = [.. Excerpt.Lines(SourceLines.Of(diagnostic), diagnostic.Span, width), .. diagnostic.Message.Split('\n').Skip(1)];
        if (diagnostic.Help.Length > 0)
        {
            lines.Add("  help: " + diagnostic.Help);
        }

        return lines;
    }
}
