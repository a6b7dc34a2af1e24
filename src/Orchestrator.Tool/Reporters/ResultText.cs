using System.Globalization;
using Orchestrator.Building;

namespace Orchestrator.Tool.Reporters;

/// <summary>Results in words.</summary>
internal static class ResultText
{
    private const long Kilobyte = 1000;

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

    public static string Word(BuildOutcome outcome) => outcome switch
    {
        BuildOutcome.UpToDate => "up-to-date",
        BuildOutcome.Retagged => "retagged",
        BuildOutcome.Pulled => "pulled",
        BuildOutcome.Built => "built",
        BuildOutcome.Failed => "failed",
        BuildOutcome.Blocked => "blocked",
        _ => "cancelled",
    };

    public static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";

    public static string Size(long bytes) => bytes switch
    {
        >= Kilobyte * Kilobyte * Kilobyte => (bytes / (double)(Kilobyte * Kilobyte * Kilobyte)).ToString("0.00", CultureInfo.InvariantCulture) + " GB",
        >= Kilobyte * Kilobyte => (bytes / (double)(Kilobyte * Kilobyte)).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
        _ => (bytes / (double)Kilobyte).ToString("0.0", CultureInfo.InvariantCulture) + " kB",
    };

    private static string Details(ImageResult result) => result.Outcome switch
    {
        BuildOutcome.Built or BuildOutcome.Pulled => $" in {Seconds(result.Duration)}, {Size(result.Size)}",
        BuildOutcome.UpToDate => $", {Size(result.Size)}",
        BuildOutcome.Retagged or BuildOutcome.Blocked => $": {result.Planned.Reason}",
        _ => "",
    };
}
