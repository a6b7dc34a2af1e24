namespace Orchestrator.Planning;

/// <summary>Which builds of its bases an image was built on; the values of its two labels about them.</summary>
/// <param name="Ids">Over the engine's IDs of the bases: quick to compare, on the engine that built the image.</param>
/// <param name="Content">Over the bases' content identities, which are the same on every engine and in registries.</param>
internal sealed record BasesDigests(string Ids, string Content);
