using Orchestrator.Keys;
using Orchestrator.Planning;

namespace Orchestrator.Changes;

/// <summary>Which images are others than they were, and why.</summary>
internal static class AffectedImages
{
    /// <summary>Those of <paramref name="now"/> whose key is not what it was, or not known, in dependency order, each with the reason in words.</summary>
    /// <param name="before">Null when there was no graph that can be read: then all are affected.</param>
    public static IReadOnlyList<(ResolvedImage Image, string Reason)> Between(GraphKeys? before, GraphKeys now) =>
    [
        .. now.Graph.Images.Select(image => (image, Reason: Reason(before, now.Images[image.Name]))).Where(item => item.Reason is not null).Select(item => (item.image, item.Reason!)),
    ];

    /// <summary>Null: it is what it was.</summary>
    private static string? Reason(GraphKeys? before, PlannedImage now)
    {
        if (before is null || !before.Images.TryGetValue(now.Name, out var then))
        {
            return "new";
        }

        if (now.Key is null || then.Key is null)
        {
            return now.Key is null ? now.Reason : then.Reason;
        }

        if (now.Key == then.Key)
        {
            return null;
        }

        var differences = KeyDifference.Between(KeyExplanation.Of(then.Inputs!), KeyExplanation.Of(now.Inputs!));
        return differences.Count switch { 0 => "its inputs changed", 1 => $"{differences[0]}", _ => $"{differences[0]}, and {differences.Count - 1} more" };
    }
}
