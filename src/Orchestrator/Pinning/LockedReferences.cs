using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Locking;
using Orchestrator.Planning;

namespace Orchestrator.Pinning;

/// <summary>Which references of a graph a lock has to pin: all from outside that do not name a digest themselves, those of frontends included.</summary>
internal static class LockedReferences
{
    /// <summary>Each reference once, where it is used first.</summary>
    /// <param name="graphs">The graph, in one environment or in several.</param>
    public static IReadOnlyList<ExternalUse> Of(params IEnumerable<ResolvedGraph> graphs) =>
    [
        .. graphs.SelectMany(graph => graph.Images).SelectMany(image => image.Frontend is { } frontend ? image.Externals.Append(frontend) : image.Externals)
            .Where(use => use.Source.Digest is null)
            .DistinctBy(use => use.Source),
    ];

    /// <summary>Files and repositories of the network that a Dockerfile does not pin itself; each source once, where it is used first.</summary>
    public static IReadOnlyList<RemoteUse> Remotes(params IEnumerable<ResolvedGraph> graphs) =>
        [.. graphs.SelectMany(graph => graph.Images).SelectMany(image => image.Closure.RemoteUses).Where(use => !use.IsPinned).DistinctBy(use => use.Source)];

    /// <summary>References that the lock says nothing about. Without a lock there are none: then all of them float, and that is how it is meant.</summary>
    public static IEnumerable<ExternalUse> Missing(IReadOnlyList<ExternalUse> uses, LockFile locked, string platform) =>
        locked.Exists ? uses.Where(use => locked.Find(use.Source, platform) is null) : [];

    /// <summary>Pins of what nothing uses.</summary>
    public static IEnumerable<Located<Pin>> Stale(IReadOnlyList<ExternalUse> uses, LockFile locked)
    {
        var used = uses.Select(use => use.Source).ToHashSet();
        return locked.Pins.Where(pin => !used.Contains(pin.Value.Source));
    }

    public static IEnumerable<RemoteUse> Missing(IReadOnlyList<RemoteUse> uses, LockFile locked) => locked.Exists ? uses.Where(use => locked.Find(use.Source) is null) : [];

    public static IEnumerable<Located<RemotePin>> Stale(IReadOnlyList<RemoteUse> uses, LockFile locked)
    {
        var used = uses.Select(use => use.Source).ToHashSet();
        return locked.Remotes.Where(pin => !used.Contains(pin.Value.Source));
    }
}
