using System.Globalization;
using Orchestrator.Building;
using Orchestrator.Tool.Live;

namespace Orchestrator.Tool.Reporters;

/// <summary>Results in words.</summary>
internal static class ResultText
{
    public static string Line(ImageResult result) => $"{Word(result.Outcome),-10} {result.Planned.Image.Node.DisplayName}{Details(result)}";

    public static string Summary(IReadOnlyList<ImageResult> results, TimeSpan duration)
    {
        var parts = new List<string>();
        for (var outcome = BuildOutcome.UpToDate; outcome <= BuildOutcome.Cancelled; outcome++)
        {
            var count = results.Count(result => result.Outcome == outcome);
            if (count > 0)
            {
                parts.Add($"{count} {Word(outcome)}");
            }
        }

        return $"{results.Count} images: {string.Join(", ", parts)}, in {Seconds(duration)}";
    }

    /// <summary>What is left to do, once more at the end, a line for each image: what failed and where, and what it kept from being built.</summary>
    /// <param name="results">Of the run, in dependency order.</param>
    /// <param name="withDone">Also what was built, pulled or retagged.</param>
    public static IReadOnlyList<string> Overview(IReadOnlyList<ImageResult> results, bool withDone)
    {
        var told = results.Where(result => !result.IsSuccess || (withDone && result.Outcome is not (BuildOutcome.UpToDate or BuildOutcome.Present))).OrderBy(result => !result.IsSuccess).ToList();
        var width = told.Select(result => result.Planned.Image.Node.DisplayName.Length).DefaultIfEmpty(0).Max();
        return [.. told.Select(result => $"  {Word(result.Outcome),-10} {result.Planned.Image.Node.DisplayName.PadRight(width)}  {Gist(result)}".TrimEnd())];
    }

    public static string Word(BuildOutcome outcome) => outcome switch
    {
        BuildOutcome.UpToDate => "up-to-date",
        BuildOutcome.Present => "present",
        BuildOutcome.Retagged => "retagged",
        BuildOutcome.Pulled => "pulled",
        BuildOutcome.Built => "built",
        BuildOutcome.Failed => "failed",
        BuildOutcome.Blocked => "blocked",
        _ => "cancelled",
    };

    public static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";

    private static string Gist(ImageResult result) => result.Outcome switch
    {
        BuildOutcome.Built or BuildOutcome.Pulled => $"{Seconds(result.Duration),8}  {ByteText.Of(result.Size),9}",
        BuildOutcome.Failed when result.Diagnostics is [{ Span.File.Length: > 0 } first, ..] => $"{first.Code} at {first.Span}",
        BuildOutcome.Failed when result.Diagnostics is [var first, ..] => first.Code,
        BuildOutcome.Retagged or BuildOutcome.Blocked => result.Planned.Reason,
        _ => "",
    };

    private static string Details(ImageResult result) => result.Outcome switch
    {
        BuildOutcome.Built or BuildOutcome.Pulled => $" in {Seconds(result.Duration)}, {ByteText.Of(result.Size)}",
        BuildOutcome.UpToDate => $", {ByteText.Of(result.Size)}",
        BuildOutcome.Present or BuildOutcome.Retagged or BuildOutcome.Blocked => $": {result.Planned.Reason}",
        BuildOutcome.Failed => $" after {Seconds(result.Duration)}",
        _ => "",
    };
}
