namespace Orchestrator.Docker;

/// <summary>A piece of what a container wrote, in the order of its arrival.</summary>
/// <param name="IsError">Written to standard error.</param>
/// <param name="Data">Valid until the next piece is asked for.</param>
public readonly record struct ContainerChunk(bool IsError, ReadOnlyMemory<byte> Data);
