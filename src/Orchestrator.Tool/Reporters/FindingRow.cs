using Orchestrator.Diagnostics;
using Orchestrator.Tool.Findings;
using Orchestrator.Tool.Live;

namespace Orchestrator.Tool.Reporters;

/// <summary>A finding on a terminal: in full, however long its lines are, for a terminal wraps what stays.</summary>
internal static class FindingRow
{
    public static IEnumerable<string> Lines(Diagnostic diagnostic, int width, Look look)
    {
        var lines = DiagnosticText.Lines(diagnostic, width);
        var colour = diagnostic.Severity switch { Severity.Error => Colour.Bad, Severity.Warning => Colour.Warning, _ => Colour.None };
        return lines.Select((line, index) => look.Paint(VisibleLine.Of(line), index == 0 ? colour : line.StartsWith("  help: ", StringComparison.Ordinal) ? Colour.Name : Colour.None));
    }
}
