namespace Orchestrator.Registry;

/// <summary>Finds what is stored for a registry; null asks it as nobody in particular. Asked at most once for each client.</summary>
/// <param name="host">Host and perhaps port, as in references: <c>docker.io</c>, <c>registry.example:5000</c>.</param>
public delegate Task<RegistryLogin?> FindLogin(string host, CancellationToken cancellationToken);
