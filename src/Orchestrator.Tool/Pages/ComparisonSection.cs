using System.Globalization;
using Orchestrator.Reports;
using Orchestrator.Tool.Drawing;

namespace Orchestrator.Tool.Pages;

/// <summary>The run beside the build before it.</summary>
internal static class ComparisonSection
{
    public static void Write(Markup page, RunReport report)
    {
        if (report.Comparison is not { } comparison)
        {
            page.Element("p", "No build before this one is remembered on this machine.");
            return;
        }

        var past = comparison.Past;
        page.Element("p", $"The build before, of {past.Started.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}, took {Words.Time(past.Duration)}; this one {Words.Time(report.Duration)}.");
        Names(page, "New", comparison.Added.Select(name => report.Images.First(image => image.Name == name).DisplayName));
        Names(page, "No longer in the graph", comparison.Removed);
        var changed = comparison.Images.Where(image => image.Duration is not null || image.Larger != 0).ToList();
        if (changed.Count > 0)
        {
            Changes(page, report, changed);
        }

        if (changed.Count < comparison.Images.Count)
        {
            page.Element("p", $"{Words.Count(comparison.Images.Count - changed.Count, "image")} {(comparison.Images.Count - changed.Count == 1 ? "was" : "were")} not built and {(comparison.Images.Count - changed.Count == 1 ? "has its" : "have their")} size of before.");
        }
    }

    private static void Changes(Markup page, RunReport report, IReadOnlyList<ImageComparison> changed)
    {
        var table = new Table(page, "Time and size of each image, before and now", "sortable", "Image", "#Took before", "#Takes now", "#Change", "#Size before", "#Size now", "#Change of size");
        foreach (var image in changed)
        {
            table.Row(report.Images.First(other => other.Name == image.Name).DisplayName, "#" + ImagesSection.Anchor(report, image.Name));
            table.Number(Words.Time(image.DurationBefore ?? TimeSpan.Zero), image.DurationBefore?.TotalSeconds ?? 0).Number(Words.Time(image.Duration ?? TimeSpan.Zero), image.Duration?.TotalSeconds ?? 0);
            table.Number(image.Longer is { } longer ? Words.Change(longer) : "", image.Longer?.TotalSeconds ?? 0);
            table.Number(Words.Size(image.SizeBefore), image.SizeBefore).Number(Words.Size(image.Size), image.Size).Number(Words.Change(image.Larger), image.Larger).EndRow();
        }

        table.End();
    }

    private static void Names(Markup page, string what, IEnumerable<string> names)
    {
        if (names.ToList() is { Count: > 0 } list)
        {
            page.Open("p").Element("strong", what + ":").Text(" " + string.Join(", ", list) + ".").Close();
        }
    }
}
