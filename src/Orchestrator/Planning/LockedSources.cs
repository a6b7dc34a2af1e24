using Orchestrator.Dockerfiles;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>What a lock pins of what a graph takes from outside.</summary>
internal sealed record LockedSources(IReadOnlySet<ImageReference> Images, IReadOnlySet<RemoteSource> Remotes)
{
    public static LockedSources None { get; } = new(new HashSet<ImageReference>(), new HashSet<RemoteSource>());
}
