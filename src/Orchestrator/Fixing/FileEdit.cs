namespace Orchestrator.Fixing;

/// <summary>An edit that is not made yet: all of an image's are, or none.</summary>
internal sealed record FileEdit(string Path, TextEdit Edit);
