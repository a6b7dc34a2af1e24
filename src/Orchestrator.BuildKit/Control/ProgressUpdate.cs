namespace Orchestrator.BuildKit.Control;

/// <summary>How far a part of a step is, for instance the download of a layer.</summary>
/// <param name="Vertex">The step's digest.</param>
/// <param name="Id">The part's key within the step.</param>
/// <param name="Name">The action, for instance <c>extracting</c>.</param>
/// <param name="Current">How much is done.</param>
/// <param name="Total">Of how much; 0: unknown.</param>
/// <param name="Timestamp">When this was said.</param>
/// <param name="Started">Null: not yet.</param>
/// <param name="Completed">Null: not yet.</param>
public sealed record ProgressUpdate(
    string Vertex,
    string Id,
    string Name,
    long Current,
    long Total,
    DateTimeOffset? Timestamp,
    DateTimeOffset? Started,
    DateTimeOffset? Completed) : SolveEvent;
