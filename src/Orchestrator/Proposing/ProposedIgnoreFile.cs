namespace Orchestrator.Proposing;

/// <summary>A <c>.dockerignore</c> for a context that has none.</summary>
/// <param name="Path">Relative to the repository.</param>
/// <param name="Reason">A phrase for a person.</param>
internal sealed record ProposedIgnoreFile(string Path, string Content, string Reason);
