using Orchestrator.Keys;

namespace Orchestrator.Planning;

/// <summary>What is different about an image since it was built.</summary>
/// <param name="Image">The image as it is planned now.</param>
/// <param name="Differences">Null when no build of it is remembered on this machine, or its key is not known yet.</param>
/// <param name="Bases">The same for each base that differs: the path through the graph.</param>
internal sealed record ImageChanges(PlannedImage Image, IReadOnlyList<KeyDifference>? Differences, IReadOnlyList<ImageChanges> Bases);
