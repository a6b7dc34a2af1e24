namespace Orchestrator.Docker;

/// <summary>How TLS is spoken with an engine. All files are PEM.</summary>
/// <param name="CaFile">The only authorities to trust; null trusts those of the system.</param>
/// <param name="CertificateFile">The client's certificate; null sends none.</param>
/// <param name="KeyFile">The key of <paramref name="CertificateFile"/>.</param>
/// <param name="Verify">False accepts any certificate of the engine.</param>
public sealed record DockerTls(string? CaFile, string? CertificateFile, string? KeyFile, bool Verify);
