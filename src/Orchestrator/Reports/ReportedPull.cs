namespace Orchestrator.Reports;

/// <summary>An image that came from a registry.</summary>
/// <param name="Reference">As people write it.</param>
/// <param name="Started">After the start of the run.</param>
/// <param name="Duration">Until it was there, or was given up.</param>
internal sealed record ReportedPull(string Reference, TimeSpan Started, TimeSpan Duration);
