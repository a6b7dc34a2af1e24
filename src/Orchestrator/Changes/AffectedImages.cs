using Orchestrator.Contexts;
using Orchestrator.Keys;
using Orchestrator.Planning;

namespace Orchestrator.Changes;

/// <summary>Which images are others than they were, and why.</summary>
internal static class AffectedImages
{
    /// <summary>Those of <paramref name="now"/> whose key is not what it was, or not known, in dependency order, each with the reason in words.</summary>
    /// <param name="before">Null when there was no graph that can be read: then all are affected.</param>
    /// <param name="now">As it is.</param>
    /// <param name="moved">Absolute folders that hold other files than they did, which nobody can read: submodules that are not checked out.</param>
    public static IReadOnlyList<(ResolvedImage Image, string Reason)> Between(GraphKeys? before, GraphKeys now, IReadOnlyList<string> moved)
    {
        var affected = new List<(ResolvedImage Image, string Reason)>();
        var unreadable = new HashSet<string>(StringComparer.Ordinal);
        foreach (var image in now.Graph.Images)
        {
            var planned = now.Images[image.Name];
            var unread = Submodule(planned, moved) is { } folder
                ? $"submodule `{Path.GetRelativePath(now.Graph.Graph.Root, folder).Replace('\\', '/')}` changed and is not checked out"
                : image.Bases.FirstOrDefault(unreadable.Contains) is { } parent ? $"{KeySections.Bases} `{parent}` changed" : null;
            if (unread is not null)
            {
                unreadable.Add(image.Name);
            }

            if ((Reason(before, planned) ?? unread) is { } reason)
            {
                affected.Add((image, reason));
            }
        }

        return affected;
    }

    private static string? Submodule(PlannedImage image, IReadOnlyList<string> moved) => image.Inputs is not { } inputs ? null
        : moved.FirstOrDefault(folder => inputs.NamedContexts.Values.Prepend(inputs.Context).Any(context => FolderUse.MaySee(context.Request, folder)));

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
