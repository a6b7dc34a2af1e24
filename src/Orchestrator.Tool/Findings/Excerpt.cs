using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.Tool.Live;

namespace Orchestrator.Tool.Findings;

/// <summary>The lines of a file that a finding is about, with their numbers and a mark under the place.</summary>
internal static class Excerpt
{
    /// <summary>Lines of one finding that are shown; an instruction may have hundreds.</summary>
    private const int MostLines = 5;
    private const string Tab = "    ";

    /// <param name="file">The lines of the file up to the place or further.</param>
    /// <param name="span">The place; its line is known.</param>
    /// <param name="width">Cells that there are for a line.</param>
    /// <returns>Empty when the file has no such line.</returns>
    public static IReadOnlyList<string> Lines(IReadOnlyList<string> file, SourceSpan span, int width)
    {
        if (span.Line < 1 || span.Line > file.Count)
        {
            return [];
        }

        var last = Math.Min(file.Count, Math.Max(span.Line, span.EndLine));
        var end = Math.Min(last, span.Line + MostLines - 1);
        var digits = end.ToString(CultureInfo.InvariantCulture).Length;
        var before = span.Line > 1 && file[span.Line - 2].Trim().Length > 0 ? span.Line - 1 : span.Line;
        var room = Math.Max(10, width - digits - 5);
        var first = Shown(file[span.Line - 1]);
        // Without a column, and over several lines, signs before the lines are the mark.
        var hasMark = span.Line == last && span is not ({ Column: < 1 } or { Column: 1, EndColumn: <= 1 });
        var (mark, length) = hasMark ? Mark(file[span.Line - 1], span) : (0, 0);
        // A long line is shown from where the mark can be seen.
        var skipped = hasMark && mark + Math.Min(length, 10) > room ? Math.Max(0, mark - (room / 2)) : 0;
        var lines = new List<string>();
        for (var number = before; number <= end; number++)
        {
            var text = number == span.Line ? first : Shown(file[number - 1]);
            text = skipped > 0 && number == span.Line ? "…" + text[Math.Min(text.Length, skipped + 1)..] : text;
            var sign = number >= span.Line && !hasMark ? '>' : ' ';
            lines.Add($"{sign} {number.ToString(CultureInfo.InvariantCulture).PadLeft(digits)} | {CellText.Fit(text, room)}".TrimEnd());
            if (hasMark && number == span.Line)
            {
                lines.Add($"  {new string(' ', digits)} | {new string(' ', Math.Max(0, mark - skipped))}{new string('^', Math.Clamp(length, 1, Math.Max(1, room - (mark - skipped))))}");
            }
        }

        if (end < last)
        {
            lines.Add($"> {new string(' ', digits)} | … to line {last.ToString(CultureInfo.InvariantCulture)}");
        }

        return lines;
    }

    /// <summary>Where the mark begins and how long it is, in cells.</summary>
    private static (int Start, int Length) Mark(string line, SourceSpan span)
    {
        var text = line.TrimEnd();
        var start = Math.Min(span.Column - 1, text.Length);
        var end = span.EndLine <= span.Line && span.EndColumn > span.Column ? Math.Min(span.EndColumn - 1, text.Length) : start;
        return (CellText.Width(Shown(text[..start])), CellText.Width(Shown(text[start..Math.Max(start, end)])));
    }

    private static string Shown(string line) => VisibleLine.Of(line.Replace("\t", Tab, StringComparison.Ordinal));
}
