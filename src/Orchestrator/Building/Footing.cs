using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>What one build of an image stands on.</summary>
/// <param name="Substitutes">The names to build from, by the references of the Dockerfile.</param>
/// <param name="Bases">Which builds of its bases they are.</param>
internal sealed record Footing(IReadOnlyDictionary<string, string> Substitutes, BasesDigests Bases);
