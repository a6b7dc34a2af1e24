namespace Orchestrator.Docker.Transports;

/// <summary>There is no connection; the message completes "cannot be reached: …".</summary>
internal sealed class TransportException(string reason, Exception? inner = null) : IOException(reason, inner);
