using Orchestrator.Graph;

namespace Orchestrator.Proposing;

/// <summary>What the image of a Dockerfile seems to be called, and why.</summary>
/// <param name="Names">Local names, the main one first; never empty.</param>
/// <param name="Reason">A phrase for a person.</param>
/// <param name="IsBase">A Dockerfile of the repository builds on it.</param>
internal sealed record InferredName(IReadOnlyList<ImageReference> Names, string Reason, bool IsBase);
