namespace Orchestrator.Reports;

/// <summary>An image before and now.</summary>
/// <param name="Name">The image's key in the graph.</param>
/// <param name="DurationBefore">What building it took when it was built last; null when it never was.</param>
/// <param name="Duration">What building it took now; null when it was not built.</param>
/// <param name="SizeBefore">Bytes.</param>
/// <param name="Size">Bytes.</param>
internal sealed record ImageComparison(string Name, TimeSpan? DurationBefore, TimeSpan? Duration, long SizeBefore, long Size)
{
    /// <summary>How much longer building took, negative for less; null when it was not built twice.</summary>
    public TimeSpan? Longer => Duration - DurationBefore;

    /// <summary>By how many bytes it grew, negative for shrunk.</summary>
    public long Larger => Size - SizeBefore;
}
