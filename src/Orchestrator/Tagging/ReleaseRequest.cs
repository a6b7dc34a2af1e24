namespace Orchestrator.Tagging;

/// <summary>What the user said, on the command line or through MSBuild; null where nothing was said.</summary>
internal sealed record ReleaseRequest(string? Version = null, string? Commit = null, string? Branch = null);
