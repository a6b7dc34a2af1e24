namespace Orchestrator.BuildKit.Control;

/// <summary>The state of one step.</summary>
/// <param name="Digest">The step's identity.</param>
/// <param name="Name">Such as <c>[stage-0 2/5] RUN …</c>; housekeeping begins with <c>[internal]</c>.</param>
/// <param name="IsCached">Taken from the cache.</param>
/// <param name="Started">Null: not yet.</param>
/// <param name="Completed">Null: not yet.</param>
/// <param name="Error">Empty: none.</param>
public sealed record StepProgress(string Digest, string Name, bool IsCached, DateTimeOffset? Started, DateTimeOffset? Completed, string Error) : SolveProgress;
