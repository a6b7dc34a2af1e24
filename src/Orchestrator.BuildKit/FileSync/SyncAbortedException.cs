namespace Orchestrator.BuildKit.FileSync;

/// <summary>The receiver of files gave up, for its own reasons; the build's failure tells them. Blast radius: one transfer.</summary>
internal sealed class SyncAbortedException(string message) : Exception(message);
