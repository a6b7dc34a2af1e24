using Orchestrator.Graph;

namespace Orchestrator.Proposing;

/// <summary>A Compose project that builds images.</summary>
/// <param name="Files">Relative to the repository, the main one first.</param>
/// <param name="Images">What it builds.</param>
internal sealed record ProposedProject(IReadOnlyList<string> Files, IReadOnlyList<ImageNode> Images);
