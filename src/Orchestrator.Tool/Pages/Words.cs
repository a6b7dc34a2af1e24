using System.Globalization;
using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Reports;
using Orchestrator.Tool.Drawing;
using Orchestrator.Tool.Live;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Pages;

/// <summary>What a page says of times, sizes and states; empty where there is nothing to say.</summary>
internal static class Words
{
    private const string Minus = "\u2212";

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.05);

    public static string Time(TimeSpan time) => time <= TimeSpan.Zero ? "" : time < Shortest ? "< 0.1 s" : ClockText.Of(time);

    /// <summary>When something was, after the start.</summary>
    public static string Moment(TimeSpan time) => ClockText.Of(time > TimeSpan.Zero ? time : TimeSpan.Zero);

    public static string Size(long bytes) => bytes <= 0 ? "" : bytes < 1000 ? $"{bytes.ToString(CultureInfo.InvariantCulture)} B" : ByteText.Of(bytes);

    /// <summary>How much more or less, with its sign; <c>the same</c> below what is shown.</summary>
    public static string Change(TimeSpan change) => change.Duration() < Shortest ? "the same" : Sign(change.Ticks) + ClockText.Of(change.Duration());

    /// <summary>The same of bytes.</summary>
    public static string Change(long change) => change == 0 ? "the same" : Sign(change) + Size(Math.Abs(change));

    public static string Count(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count.ToString(CultureInfo.InvariantCulture)} {thing}s";

    public static string Findings(IReadOnlyList<Diagnostic> diagnostics) => string.Join(", ", diagnostics.GroupBy(diagnostic => diagnostic.Severity).OrderByDescending(group => group.Key)
        .Select(group => Count(group.Count(), Of(group.Key))));

    public static string Of(Severity severity) => severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "message" };

    public static string Of(StepState state) => state switch { StepState.Cached => "cached", StepState.Done => "done", StepState.Failed => "failed", _ => "stopped" };

    /// <summary>What became of an image, and how long that took.</summary>
    public static string Outcome(ReportedImage image) => $"{ResultText.Word(image.Outcome)} {(image.Outcome == BuildOutcome.Failed && image.Duration > TimeSpan.Zero ? "after " : "")}{Time(image.Duration)}".TrimEnd();

    /// <summary>How many of the steps came from the builder's cache.</summary>
    public static string Cached(ReportedImage image) => image.Steps.Count == 0 ? "" : $"{image.Steps.Count(step => step.State == StepState.Cached)} of {image.Steps.Count}";

    /// <summary>A sentence in which things stand in backticks, as the console shows them.</summary>
    public static void Prose(Markup page, string sentence)
    {
        var parts = sentence.Split('`');
        foreach (var (index, part) in parts.Index())
        {
            _ = parts.Length % 2 == 0 ? page.Text(index == 0 ? part : "`" + part) : index % 2 == 0 ? page.Text(part) : page.Element("code", part);
        }
    }

    public static TimeSpan Sum(RunReport report, IReadOnlyList<string> names) =>
        report.Images.Where(image => names.Contains(image.Name)).Aggregate(TimeSpan.Zero, (sum, image) => sum + image.Duration);

    private static string Sign(long number) => number < 0 ? Minus : "+";
}
