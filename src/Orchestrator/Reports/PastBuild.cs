namespace Orchestrator.Reports;

/// <summary>The last build of a graph that had something to do.</summary>
/// <param name="Started">When.</param>
/// <param name="Duration">What the whole run took.</param>
/// <param name="Images">What is known of images since then, by name; those that were not touched as they were before.</param>
internal sealed record PastBuild(DateTimeOffset Started, TimeSpan Duration, IReadOnlyDictionary<string, PastImage> Images);
