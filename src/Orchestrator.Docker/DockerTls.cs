namespace Orchestrator.Docker;

/// <summary>How a tcp endpoint is secured.</summary>
/// <param name="CaFile">The authority that signed the engine's certificate; null: the system's authorities.</param>
/// <param name="CertificateFile">The client's certificate in PEM; null: none.</param>
/// <param name="KeyFile">The client's key in PEM.</param>
/// <param name="Verify">Whether the engine's certificate is checked; false only where the context says so.</param>
public sealed record DockerTls(string? CaFile, string? CertificateFile, string? KeyFile, bool Verify);
