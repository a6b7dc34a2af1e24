namespace Orchestrator.BuildKit.Control;

/// <summary>A piece of what a step printed; not aligned to lines.</summary>
/// <param name="Digest">The step.</param>
/// <param name="IsError">Standard error instead of standard output.</param>
/// <param name="Bytes">As the step wrote them.</param>
public sealed record StepOutput(string Digest, bool IsError, ReadOnlyMemory<byte> Bytes) : SolveProgress;
