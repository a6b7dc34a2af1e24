using Orchestrator.Building;

namespace Orchestrator.Reports;

/// <summary>A run beside the build before it.</summary>
/// <param name="Past">That build.</param>
/// <param name="Images">The images that are known from before and are here now, in dependency order.</param>
/// <param name="Added">Names of images that no build before this one is known of.</param>
/// <param name="Removed">Names of images that the graph has no more.</param>
internal sealed record BuildComparison(PastBuild Past, IReadOnlyList<ImageComparison> Images, IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    /// <param name="past">Null when none is known.</param>
    /// <param name="images">Of the run.</param>
    /// <param name="graph">Names of all images of the graph, of which the run may have been about a few.</param>
    public static BuildComparison? Of(PastBuild? past, IReadOnlyList<ReportedImage> images, IReadOnlySet<string> graph) => past is null ? null : new BuildComparison(
        past,
        [.. images.Where(image => image is { IsSuccess: true, Outcome: not BuildOutcome.Present } && past.Images.ContainsKey(image.Name)).Select(image => Of(image, past.Images[image.Name]))],
        [.. images.Where(image => !past.Images.ContainsKey(image.Name)).Select(image => image.Name)],
        [.. past.Images.Keys.Where(name => !graph.Contains(name)).Order(StringComparer.Ordinal)]);

    private static ImageComparison Of(ReportedImage image, PastImage past) => new(
        image.Name, past.Duration, image.Outcome == BuildOutcome.Built ? image.Duration : null, past.Size, image.Size);
}
