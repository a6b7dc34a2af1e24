namespace Orchestrator.Docker.Http;

/// <summary>The peer does not speak HTTP/1.1 as an engine does; the message completes "the answer is not understood: …".</summary>
internal sealed class HttpFormatException(string message) : IOException(message);
