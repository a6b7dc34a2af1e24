namespace Orchestrator.BuildKit;

/// <summary>The channel to the daemon broke or never came up. No verdict on the build; trying again may help.</summary>
public sealed class BuildKitConnectionException(string message, Exception? inner = null) : Exception(message, inner);
