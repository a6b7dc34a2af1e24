using System.Text.RegularExpressions;

namespace Orchestrator.Package.Tests.Packed.Documentation;

/// <summary>A command of a page, and lines that it prints, in order; others may stand between them.</summary>
/// <param name="Line">In the page, from 1.</param>
internal sealed partial record PageCommand(int Line, string Text, List<string> Output)
{
    /// <returns>The first line that is not in the output where it should be; null when all are.</returns>
    public string? MissingFrom(string output, Func<string, string> replace)
    {
        var lines = new Queue<string>(output.ReplaceLineEndings("\n").Split('\n').Select(Plain));
        foreach (var expected in Output.Where(line => line.Trim() is not ("" or "…")))
        {
            var pattern = new Regex(@"\A" + Regex.Escape(Figure().Replace(Plain(replace(expected)), "…")).Replace("…", ".*", StringComparison.Ordinal) + @"\z");
            while (!lines.TryDequeue(out var line) || !pattern.IsMatch(line))
            {
                if (lines.Count == 0)
                {
                    return expected;
                }
            }
        }

        return null;
    }

    /// <summary>How columns are filled up depends on the names in them.</summary>
    private static string Plain(string line) => Blanks().Replace(line, " ").Trim();

    /// <summary>Times and sizes are those of the machine that the page was written on.</summary>
    [GeneratedRegex(@"(?<![\w.])\d+(\.\d+)? ?(?=(s|kB|MB|GB)\b)")]
    private static partial Regex Figure();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
