namespace Orchestrator.BuildKit.Control;

/// <summary>A detail of an error as it came from the daemon.</summary>
/// <param name="Type">What it is, for instance <c>github.com/moby/buildkit/errdefs.Vertex+json</c>.</param>
/// <param name="Value">Its bytes; JSON when the type ends in <c>+json</c>.</param>
public sealed record ErrorDetail(string Type, ReadOnlyMemory<byte> Value);
