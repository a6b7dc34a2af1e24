namespace Orchestrator.Publishing;

/// <summary>What an image was built from.</summary>
/// <param name="Image">The name of an image of the graph; null for an external one.</param>
/// <param name="Reference">The reference of an external image; null for one of the graph.</param>
/// <param name="Key">The cache key of an image of the graph.</param>
/// <param name="Digest">In its registry, where one is known.</param>
/// <param name="Content">The content identity of an external image: what it is, wherever it came from.</param>
internal sealed record ReleasedBase(string? Image = null, string? Reference = null, string? Key = null, string? Digest = null, string? Content = null);
