namespace Orchestrator.Reports;

/// <summary>An entry of an image's history.</summary>
/// <param name="CreatedBy">The instruction as the image tells it.</param>
/// <param name="Size">Bytes; 0 for what changed no files.</param>
/// <param name="From">The image of the graph that brought it; null: the image itself, or what it is built from outside of the graph.</param>
internal sealed record ReportedLayer(string CreatedBy, long Size, string? From);
