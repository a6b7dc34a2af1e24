using Orchestrator.Building;

namespace Orchestrator.Reports;

/// <summary>The last build of a graph that had something to do.</summary>
/// <param name="Started">When.</param>
/// <param name="Duration">What the whole run took.</param>
/// <param name="Images">What is known of images since then, by name; those that were not touched as they were before.</param>
internal sealed record PastBuild(DateTimeOffset Started, TimeSpan Duration, IReadOnlyDictionary<string, PastImage> Images)
{
    /// <returns>Null for a run that built and pulled nothing: that is not worth remembering, nor the time to write it down.</returns>
    public static PastBuild? Of(IReadOnlyList<ImageResult> results, DateTimeOffset started, TimeSpan duration) =>
        !results.Any(result => result.Outcome is BuildOutcome.Built or BuildOutcome.Pulled) ? null : new PastBuild(
            started, duration, results.Where(result => result is { IsSuccess: true, Outcome: not BuildOutcome.Present }).ToDictionary(
                result => result.Planned.Name, result => new PastImage(result.Size, result.Outcome == BuildOutcome.Built ? result.Duration : null), StringComparer.Ordinal));
}
