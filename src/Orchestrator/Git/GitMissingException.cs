namespace Orchestrator.Git;

/// <summary>There is no git that could be started.</summary>
internal sealed class GitMissingException(Exception inner) : Exception("git is not installed, or not on PATH", inner);
