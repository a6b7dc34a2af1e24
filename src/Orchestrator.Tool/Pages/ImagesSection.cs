using Orchestrator.Reports;
using Orchestrator.Tool.Drawing;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Pages;

/// <summary>All images at a glance: what happened and why.</summary>
internal static class ImagesSection
{
    /// <summary>Where on the page an image is described, by its place in the report: names may hold anything.</summary>
    public static string Anchor(RunReport report, string name) => $"image-{report.Images.Index().First(image => image.Item.Name == name).Index}";

    public static void Write(Markup page, RunReport report)
    {
        var table = new Table(page, "What happened to each image, and why", "sortable filtered", "Image", "Outcome", "Why", "#Took", "#Size", "Steps from the cache", "#Wave", "Built on");
        foreach (var (index, image) in report.Images.Index())
        {
            table.Row(image.DisplayName, $"#image-{index}").State(ResultText.Word(image.Outcome), ResultText.Word(image.Outcome)).Words(image.Reason)
                .Number(Words.Time(image.Duration), image.Duration.TotalSeconds).Number(Words.Size(image.Size), image.Size)
                .Cell(Words.Cached(image)).Number($"{image.Wave + 1}", image.Wave + 1).Words(BuiltOn(report, image)).EndRow();
        }

        table.End();
    }

    /// <summary>Images of the graph by what they are called, then those from outside.</summary>
    public static string BuiltOn(RunReport report, ReportedImage image) =>
        string.Join(", ", image.Bases.Select(name => report.Images.FirstOrDefault(other => other.Name == name)?.DisplayName ?? name).Concat(image.Externals.Select(name => name + " (external)")));
}
