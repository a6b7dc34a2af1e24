namespace Orchestrator.BuildKit.Control;

/// <summary>A piece of a step's output; not aligned to lines, nor to characters.</summary>
/// <param name="Vertex">The step's digest.</param>
/// <param name="Stream">Standard output or error.</param>
/// <param name="Data">The bytes as the process wrote them.</param>
/// <param name="Timestamp">When they were written.</param>
public sealed record LogChunk(string Vertex, LogStream Stream, ReadOnlyMemory<byte> Data, DateTimeOffset? Timestamp) : SolveEvent;
