namespace Orchestrator.Docker;

/// <summary>What the user configured for Docker cannot be used; the message is a sentence for that user.</summary>
public sealed class DockerConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
