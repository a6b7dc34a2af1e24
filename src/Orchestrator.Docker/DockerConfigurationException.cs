namespace Orchestrator.Docker;

/// <summary>Docker's own configuration (a variable, a context, <c>config.json</c>, a credential helper) cannot be used.</summary>
public sealed class DockerConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
