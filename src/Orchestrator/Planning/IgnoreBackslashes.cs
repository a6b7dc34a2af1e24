using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.Planning;

/// <summary>
/// Finds patterns that mean something else on Windows. To the matcher a backslash takes its meaning from the next character: <c>\#notes</c> begins with a number
/// sign, <c>**\bin</c> ends with a word <c>in</c>, and <c>**\obj</c> is an error. Docker's command on Windows takes every one for a separator of folders, and leaves out
/// what gets into images here.
/// </summary>
internal static partial class IgnoreBackslashes
{
    /// <param name="file">Absolute.</param>
    /// <param name="text">Of an ignore file.</param>
    /// <param name="diagnostics">Receives a warning for each pattern.</param>
    public static void Check(string file, string text, DiagnosticBag diagnostics)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return;
        }

        foreach (var (index, line) in text.Split('\n').Index().Where(line => !line.Item.StartsWith('#')))
        {
            if (Separator().Match(line) is { Success: true } match)
            {
                diagnostics.Add(Rules.BackslashInIgnoreFile.At(new SourceSpan(file, index + 1, match.Index + 1, index + 1, match.Index + 2), line.Trim()));
            }
        }
    }

    /// <summary>Before what needs no backslash, or stands at the beginning of a name.</summary>
    [GeneratedRegex(@"\\(?=[\w.*])", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();
}
