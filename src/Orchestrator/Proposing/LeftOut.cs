namespace Orchestrator.Proposing;

/// <summary>A file that was found and is not in the proposal.</summary>
/// <param name="File">Relative to the repository.</param>
internal sealed record LeftOut(string File, string Reason);
