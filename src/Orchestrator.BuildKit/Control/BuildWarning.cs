namespace Orchestrator.BuildKit.Control;

/// <summary>A finding of the daemon's own checks.</summary>
/// <param name="Message">Such as <c>StageNameCasing: …</c>.</param>
/// <param name="Url">Its explanation; empty: none.</param>
/// <param name="Ranges">Where.</param>
public sealed record BuildWarning(string Message, string Url, IReadOnlyList<SourceRange> Ranges) : SolveProgress;
