using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>What will happen to one image when it is published.</summary>
/// <param name="Existing">The digest under which its repository has it already, so that nothing is sent; null when it has to be pushed.</param>
internal sealed record PlannedPush(ReleaseImage Image, Digest? Existing, IReadOnlyList<PlannedTag> Tags);
