namespace Orchestrator.Docker;

/// <summary>No engine answers at the endpoint, or the connection broke. Trying again may help.</summary>
public sealed class DockerUnreachableException(string message, Exception? inner = null) : Exception(message, inner);
