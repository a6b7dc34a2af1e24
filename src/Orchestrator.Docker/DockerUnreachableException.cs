namespace Orchestrator.Docker;

/// <summary>No conversation with the engine was possible, or it broke off. The message names the endpoint and who configured it.</summary>
public sealed class DockerUnreachableException(string message, Exception? inner = null) : Exception(message, inner);
