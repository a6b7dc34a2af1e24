namespace Orchestrator.Docker.Http;

/// <summary>A connection in use.</summary>
/// <param name="IsFresh">False when it served before: then the peer may have closed it meanwhile.</param>
internal sealed record ConnectionLease(HttpConnection Connection, bool IsFresh);
