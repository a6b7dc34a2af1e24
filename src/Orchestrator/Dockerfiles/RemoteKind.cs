namespace Orchestrator.Dockerfiles;

/// <summary>How a remote source of ADD is fetched.</summary>
internal enum RemoteKind
{
    Http,
    Git,
}
