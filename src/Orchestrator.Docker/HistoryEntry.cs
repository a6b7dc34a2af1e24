using System.Text.Json;
using Orchestrator.Docker.Api;

namespace Orchestrator.Docker;

/// <summary>One step of what an image was made by, as the engine tells it.</summary>
/// <param name="Created">Seconds since 1970, UTC.</param>
/// <param name="CreatedBy">The instruction; the form is the builder's.</param>
/// <param name="Size">Bytes of the layer; 0 for a step that changed no files.</param>
public sealed record HistoryEntry(long Created, string CreatedBy, long Size)
{
    internal static HistoryEntry From(JsonElement row) => new(row.Number("Created"), row.Text("CreatedBy"), row.Number("Size"));
}
