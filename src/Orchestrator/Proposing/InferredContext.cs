using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Proposing;

/// <summary>The folder that a Dockerfile seems to be written for, and why.</summary>
/// <param name="Path">Relative to the repository; empty is its root.</param>
/// <param name="Reason">A phrase that names the folder.</param>
internal sealed record InferredContext(string Path, string Reason)
{
    /// <summary>The nearest folder from the Dockerfile's upward that holds all that it copies; where none does, the one with the most.</summary>
    /// <param name="folder">The Dockerfile's; relative to the repository.</param>
    /// <param name="sources">What it copies.</param>
    public static InferredContext Of(string folder, ContextSources sources)
    {
        if (sources.All.Count == 0)
        {
            return new(folder, $"context {Name(folder)}: its folder, for it copies nothing");
        }

        var best = folder;
        var missing = sources.Missing(folder);
        for (var above = folder; above.Length > 0 && missing.Count > 0;)
        {
            above = PathText.Parent(above);
            if (sources.Missing(above) is { } fewer && fewer.Count < missing.Count)
            {
                (best, missing) = (above, fewer);
            }
        }

        var held = sources.All.Except(missing).Take(3).Select(source => $"'{source}'").ToList();
        var holds = held.Count == 0 ? "" : best == folder ? $", which holds {string.Join(", ", held)}" : $", the nearest one that holds {string.Join(", ", held)}";
        return new(best, $"context {Name(best)}: {(best == folder ? "its folder" : "a folder above it")}{holds}{Gone(missing)}");
    }

    public static string Name(string folder) => folder.Length == 0 ? "." : folder;

    public static string Gone(IReadOnlyList<string> missing) =>
        missing.Count == 0 ? "" : $"; not here now: {string.Join(", ", missing.Take(3).Select(source => $"'{source}'"))}{(missing.Count > 3 ? " and more" : "")}";
}
