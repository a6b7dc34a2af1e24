namespace Orchestrator.Reports;

/// <summary>An image as it was after a build.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Duration">What building it took when it was built last; null when it never was.</param>
internal sealed record PastImage(long Size, TimeSpan? Duration);
