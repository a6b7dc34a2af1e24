namespace Orchestrator.BuildKit.FileSync;

/// <summary>A tree cannot deliver what it listed; the transfer stops, and the build with it.</summary>
public class SyncTreeException(string message, Exception? inner = null) : Exception(message, inner);
