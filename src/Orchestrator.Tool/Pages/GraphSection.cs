using Orchestrator.Reports;
using Orchestrator.Tool.Drawing;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Pages;

/// <summary>The graph as a drawing, and its longest chain.</summary>
internal static class GraphSection
{
    public static void Write(Markup page, RunReport report)
    {
        if (report.Images.Count == 0)
        {
            page.Element("p", "No image was reached.");
            return;
        }

        page.Element("p", "From the left to the right: each image stands behind those that it is built on or after. The longest chain is drawn with thick lines. Choose an image to read about it.");
        page.Open("p").Element("a", "Skip the drawing; the table of images says the same", ("href", "#path"), ("class", "skip inline")).Close();
        page.Open("div", ("class", "wide drawing"), ("role", "region"), ("aria-label", "The graph, drawn"), ("tabindex", "0"));
        var images = report.Images.Index().Select(image => new DrawnImage(image.Item.Name, image.Item.DisplayName, image.Item.Wave, [.. image.Item.Bases, .. image.Item.After])
        {
            State = ResultText.Word(image.Item.Outcome),
            Detail = Words.Outcome(image.Item),
            Link = $"#image-{image.Index}",
        }).ToList();
        new GraphDrawing(images) { Emphasised = report.CriticalPath }.Write(page, $"The images of {report.Graph}", "Each image with what became of it, by waves.", style: null);
        page.CloseLine();
    }

    /// <summary>The chain that took longest.</summary>
    public static void WritePath(Markup page, RunReport report)
    {
        if (report.CriticalPath.Count == 0)
        {
            page.Element("p", "No image took any time.");
            return;
        }

        var sum = Words.Sum(report, report.CriticalPath);
        page.Element("p", $"Each of these waits for the one before. Together they took {Words.Time(sum)} of the {Words.Time(report.Duration)}: however many images are built at a time, it cannot be faster than that.");
        page.Open("ol", ("class", "path"));
        foreach (var image in report.CriticalPath.Select(name => report.Images.First(image => image.Name == name)))
        {
            page.Open("li").Element("a", image.DisplayName, ("href", "#" + ImagesSection.Anchor(report, image.Name))).Text($" {Words.Outcome(image)}");
            if (image.Steps.Where(step => step.State != StepState.Cached).MaxBy(step => step.Duration) is { } slowest && slowest.Duration > TimeSpan.Zero)
            {
                page.Text($"; its longest step, {Words.Time(slowest.Duration)}: ").Element("code", slowest.Name);
            }

            page.CloseLine();
        }

        page.CloseLine();
    }
}
