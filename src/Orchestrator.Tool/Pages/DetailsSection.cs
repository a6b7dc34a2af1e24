using System.Text.RegularExpressions;
using Orchestrator.Reports;
using Orchestrator.Tool.Drawing;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Pages;

/// <summary>Each image with its steps and layers, folded.</summary>
internal static partial class DetailsSection
{
    public static void Write(Markup page, RunReport report)
    {
        foreach (var (index, image) in report.Images.Index())
        {
            page.Open("details", ("id", $"image-{index}")).Open("summary").Element("h3", image.DisplayName)
                .Text(" ").Element("span", Words.Outcome(image), ("class", "state " + ResultText.Word(image.Outcome))).Text($" {Words.Size(image.Size)}").CloseLine();
            Facts(page, report, image);
            Steps(page, image);
            Layers(page, report, image);
            page.CloseLine();
        }
    }

    private static void Facts(Markup page, RunReport report, ReportedImage image)
    {
        page.Open("dl");
        Fact(page, "Why", image.Reason);
        Fact(page, "Names", string.Join(", ", image.Tags));
        Fact(page, "Built on", ImagesSection.BuiltOn(report, image));
        Fact(page, "Used by", string.Join(", ", report.Images.Where(other => other.Bases.Contains(image.Name)).Select(other => other.DisplayName)));
        Fact(page, "Tried again", image.Retries == 0 ? "" : Words.Count(image.Retries, "time"));
        Fact(page, "Key", image.Key ?? "");
        Fact(page, "ID on the engine", image.ImageId);
        page.CloseLine();
    }

    private static void Fact(Markup page, string name, string value)
    {
        if (value.Length > 0)
        {
            Words.Prose(page.Element("dt", name).Open("dd"), value);
            page.Close();
        }
    }

    private static void Steps(Markup page, ReportedImage image)
    {
        if (image.Steps.Count == 0)
        {
            return;
        }

        var (from, to) = (image.Steps.Min(step => step.Started), image.Steps.Max(step => step.Ended));
        var table = new Table(page, $"Steps of {image.DisplayName}", null, "Step", "How it ended", "#Began", "#Took", "When");
        foreach (var step in image.Steps)
        {
            var word = Words.Of(step.State);
            table.Row(WithShortDigests(step.Error.Length == 0 ? step.Name : $"{step.Name}: {step.Error}"), className: "step").State(word, word)
                .Number(Words.Moment(step.Started), step.Started.TotalSeconds).Number(Words.Time(step.Duration), step.Duration.TotalSeconds).Bar(step.Started, step.Ended, from, to, word).EndRow();
        }

        table.End();
    }

    /// <summary>What the image added by itself, layer by layer; what it has from other images of the graph as one row for each.</summary>
    private static void Layers(Markup page, RunReport report, ReportedImage image)
    {
        if (image.Layers.Count == 0)
        {
            return;
        }

        var table = new Table(page, $"Layers of {image.DisplayName}, from the lowest", null, "Layer", "#Size");
        foreach (var shared in image.Layers.Where(layer => layer.From is not null).GroupBy(layer => layer.From!, StringComparer.Ordinal))
        {
            var size = shared.Sum(layer => layer.Size);
            table.Row($"from {report.Images.First(other => other.Name == shared.Key).DisplayName}: {Words.Count(shared.Count(layer => layer.Size > 0), "layer")}").Number(Words.Size(size), size).EndRow();
        }

        var own = image.Layers.Where(layer => layer.From is null).ToList();
        foreach (var layer in own.Where(layer => layer.Size > 0))
        {
            table.Row(Instruction(layer.CreatedBy), className: "step").Number(Words.Size(layer.Size), layer.Size).EndRow();
        }

        table.End();
        if (own.Count(layer => layer.Size == 0) is > 0 and var empty)
        {
            page.Element("p", $"{Words.Count(empty, "further step")} changed no files.");
        }
    }

    /// <summary>BuildKit names steps by what we call bases; the beginning of a key tells as much as the whole.</summary>
    private static string WithShortDigests(string step) => Digest().Replace(step, digest => digest.Value[..12] + "…");

    /// <summary>Without what builders write around it.</summary>
    private static string Instruction(string createdBy) =>
        createdBy.Replace("/bin/sh -c #(nop) ", "", StringComparison.Ordinal).Replace(" # buildkit", "", StringComparison.Ordinal).Trim() is { Length: > 0 } text ? text : "(not said)";

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digest();
}
