namespace Orchestrator.Pinning;

/// <summary>What a file or a repository of the network stands for.</summary>
/// <param name="Digest">The digest of the file, or a commit; null when that could not be found out.</param>
/// <param name="Refusal">Why not, with nothing private in it; empty otherwise.</param>
internal sealed record RemoteAnswer(string? Digest, string Refusal = "");
