namespace Orchestrator.BuildKit.FileSync;

/// <summary>The receiver of files did something that the protocol does not allow. Blast radius: one transfer.</summary>
internal sealed class SyncProtocolException(string message) : Exception(message);
