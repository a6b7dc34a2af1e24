using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Locking;

namespace Orchestrator.Planning;

/// <summary>What the lock pins of what the ADDs of an image fetch.</summary>
internal static class LockedUses
{
    public static List<LockedUse> Of(ResolvedImage image, LockFile locked) =>
        [.. image.Closure.RemoteUses.Where(use => !use.IsPinned).Select(use => locked.Find(use.Source) is { } pin ? new LockedUse(use, pin) : null).OfType<LockedUse>()];

    /// <summary>
    /// The builder knows a ref of a repository by host and path alone, however it is fetched: one rule stands for all that are called the same. Two pins of them cannot
    /// both hold.
    /// </summary>
    public static IEnumerable<Diagnostic> Conflicts(IReadOnlyList<LockedUse> uses) =>
        from same in uses.Where(locked => locked.Use.Kind == RemoteKind.Git).GroupBy(locked => locked.Use.Address.Identifier)
        let first = same.First()
        from second in same.Where(locked => locked.Pin.Digest != first.Pin.Digest).DistinctBy(locked => locked.Pin)
        select Rules.LockedApart.At(second.Use.Url.Span, second.Use.Source, first.Use.Source, second.Pin.Short, first.Pin.Short);
}
