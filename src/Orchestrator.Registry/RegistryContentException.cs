namespace Orchestrator.Registry;

/// <summary>The registry gave something else than what its name promises: another digest, another size, or no manifest at all.</summary>
public sealed class RegistryContentException(string message, Exception? inner = null) : Exception(message, inner);
