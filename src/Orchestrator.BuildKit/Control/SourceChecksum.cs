namespace Orchestrator.BuildKit.Control;

/// <summary>
/// A rule of the source policy: the file at an address must have a digest. A checksum that the build has for it already stays. Engines before 24 ignore it.
/// </summary>
/// <param name="Url">Exactly as the build names it.</param>
/// <param name="Digest"><c>sha256:</c> and hex digits.</param>
public sealed record SourceChecksum(string Url, string Digest);
