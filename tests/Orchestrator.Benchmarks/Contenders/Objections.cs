using System.Globalization;
using System.Text.RegularExpressions;
using Orchestrator.Benchmarks.Measuring;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Why a run does not count.</summary>
internal static partial class Objections
{
    private const int LongestReason = 80;

    /// <summary>The summary has to say that as many images were built as expected, and that all others were up to date.</summary>
    public static Func<CommandRun, int, string?> OfOrchestrator(int images) => (run, built) =>
    {
        if (run.ExitCode != 0)
        {
            return LastLine(run);
        }

        var summary = Summary().Match(run.Output);
        var counts = Count().Matches(summary.Value).ToDictionary(match => match.Groups["word"].Value, match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture));
        return counts.GetValueOrDefault("built") == built && counts.GetValueOrDefault("up-to-date") == images - built ? null : $"expected {built} built, not \"{summary.Value}\"";
    };

    /// <summary>Bake does not say what it did.</summary>
    public static string? OfBake(CommandRun run, int built) => run.ExitCode == 0 ? null : LastLine(run);

    private static string LastLine(CommandRun run)
    {
        var line = run.Output.TrimEnd().Split('\n')[^1].Trim();
        return line.Length > LongestReason ? line[..LongestReason] + "…" : line;
    }

    [GeneratedRegex(@"^\d+ images: .*$", RegexOptions.Multiline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"(?<number>\d+) (?<word>up-to-date|built)")]
    private static partial Regex Count();
}
