using Orchestrator.BuildKit.Control;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>Holds what ADD fetches to what the lock says, by rules for the daemon. Where an engine cannot hold it, nothing is built.</summary>
internal static class RemotePolicy
{
    /// <summary>The first engine that applies such rules to everything that a build takes.</summary>
    private const int FirstMajor = 25;

    /// <summary>Engines before forget, of steps behind a source that a rule changed, that their cached results are not wanted.</summary>
    private const int FirstMajorWithoutCache = 28;

    /// <param name="options">The solve.</param>
    /// <param name="planned">The image.</param>
    public static SolveOptions Apply(SolveOptions options, PlannedImage planned) => planned.LockedUses.Count == 0 ? options : options with
    {
        SourceConversions = [.. options.SourceConversions, .. Uses(planned, RemoteKind.Git).Select(locked => new SourceConversion(locked.Use.Address.Identifier, locked.Use.Address.IdentifierAt(locked.Pin.Digest))).Distinct()],
        SourceChecksums = [.. Uses(planned, RemoteKind.Http).Select(locked => new SourceChecksum(locked.Use.Address.Identifier, locked.Pin.Digest)).Distinct()],
        RefusesUnpinnedSources = IsComplete(planned),
        AdmittedSources = [.. Floating(planned).Select(use => use.Address.Identifier).Distinct()],
    };

    /// <summary>Why this engine could not hold it; null when it can.</summary>
    /// <param name="planned">The image.</param>
    /// <param name="noCache">Every step is to be run again.</param>
    /// <param name="engineMajor">0: nobody knows.</param>
    public static Diagnostic? Obstacle(PlannedImage planned, bool noCache, int engineMajor)
    {
        if (planned.LockedUses.Count == 0 || engineMajor == 0)
        {
            return null;
        }

        var use = planned.LockedUses[0].Use;
        return engineMajor < FirstMajor ? Rules.CannotHold.At(use.Url.Span, use.Source, engineMajor, FirstMajor)
            : noCache && engineMajor < FirstMajorWithoutCache ? Rules.CannotHoldWithoutCache.At(use.Url.Span, use.Source, planned.Image.Node.DisplayName, engineMajor, FirstMajorWithoutCache)
            : null;
    }

    /// <summary>Everything that is fetched is known, pinned or not, so anything else that the daemon would fetch is something that a rule failed to meet.</summary>
    private static bool IsComplete(PlannedImage planned) => !planned.Image.HasOtherFrontend && Floating(planned).All(use => use.IsCertain);

    private static IEnumerable<RemoteUse> Floating(PlannedImage planned) =>
        planned.Image.Closure.RemoteUses.Where(use => !use.IsPinned && planned.LockedUses.All(locked => locked.Use.Source != use.Source));

    private static IEnumerable<LockedUse> Uses(PlannedImage planned, RemoteKind kind) => planned.LockedUses.Where(locked => locked.Use.Kind == kind);
}
