using Orchestrator.Reports;
using Orchestrator.Tool.Drawing;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Pages;

/// <summary>What was done when.</summary>
internal static class TimelineSection
{
    public static void Write(Markup page, RunReport report)
    {
        var table = new Table(page, "What was done when, after the start", "sortable", "What", "How", "#Began", "#Took", "When");
        if (report.PlannedAfter is { } planned)
        {
            Row(table, "plan", null, "planned", "idle", TimeSpan.Zero, planned, report);
        }

        foreach (var pull in report.Pulls)
        {
            Row(table, pull.Reference, null, "fetched", "pulled", pull.Started, pull.Duration, report);
        }

        var worked = report.Images.Index().Where(image => image.Item.Duration > TimeSpan.Zero).OrderBy(image => image.Item.Started).ToList();
        foreach (var (index, image) in worked)
        {
            var word = ResultText.Word(image.Outcome);
            Row(table, image.DisplayName, $"#image-{index}", word, word, image.Started, image.Duration, report);
        }

        table.End();
        if (worked.Count < report.Images.Count)
        {
            page.Element("p", $"{Words.Count(report.Images.Count - worked.Count, "image")} took no time. Steps are told with each image, below.");
        }
    }

    private static void Row(Table table, string name, string? link, string word, string className, TimeSpan started, TimeSpan duration, RunReport report) =>
        table.Row(name, link).State(word, className).Number(Words.Moment(started), started.TotalSeconds).Number(Words.Time(duration), duration.TotalSeconds)
            .Bar(started, started + duration, TimeSpan.Zero, report.Duration, className).EndRow();
}
