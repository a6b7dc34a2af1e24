using System.IO.Enumeration;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.Dockerfiles;

namespace Orchestrator.Proposing;

/// <summary>What a Dockerfile takes from its context, and where in a repository that is.</summary>
internal sealed class ContextSources(string root, StageClosure closure)
{
    /// <summary>As written, each once; those that depend on what is not known are left out.</summary>
    public IReadOnlyList<string> All { get; } =
        [.. closure.CertainSources.Select(source => source.Value).Distinct(StringComparer.Ordinal)];

    /// <param name="context">Relative to the repository.</param>
    /// <returns>The sources that a build with this context would not find, not even with <see cref="Overlay"/>.</returns>
    public IReadOnlyList<string> Missing(string context) => [.. All.Where(source => !IsIn(context, source) && Outside(context, source) is null)];

    /// <summary>Paths of the repository that have to be put into a context, for sources such as <c>../shared</c>: place in the context, and path.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Overlay(string context) =>
        [.. All.Where(source => !IsIn(context, source)).Select(source => Outside(context, source)).OfType<KeyValuePair<string, string>>().DistinctBy(pair => pair.Key).OrderBy(pair => pair.Key, StringComparer.Ordinal)];

    private bool IsIn(string context, string source)
    {
        var path = PathText.CleanBelowRoot(source);
        var folder = Path.Join(root, context);
        if (path.Length == 0)
        {
            return HoldsMore(folder);
        }

        if (!PathText.HasWildcard(path))
        {
            return Path.Exists(Path.Join(folder, path));
        }

        var parent = Path.Join(folder, PathText.Parent(path));
        return PathText.HasWildcard(parent)
            || FolderListing.Names(parent).Any(name => FileSystemName.MatchesSimpleExpression(Path.GetFileName(path), name, ignoreCase: false));
    }

    /// <summary>A folder that is copied whole is meant to hold more than Dockerfiles.</summary>
    private static bool HoldsMore(string folder) => FolderListing.Names(folder)
        .Any(name => !DockerfileName.IsOne(name) && !name.EndsWith(".dockerignore", StringComparison.Ordinal));

    /// <summary>What a source with <c>..</c> means: the path as written, seen from the context, else below the nearest folder above it.</summary>
    private KeyValuePair<string, string>? Outside(string context, string source)
    {
        var written = PathText.Clean(source.TrimStart('/'));
        var inside = PathText.CleanBelowRoot(source);
        if (written.Split('/')[0] != ".." || inside.Length == 0 || PathText.HasWildcard(inside))
        {
            return null;
        }

        var top = inside.Split('/')[0];
        var folder = PathText.Clean($"{InferredContext.Name(context)}/{written[..^inside.Length]}");
        for (var above = folder.StartsWith("..", StringComparison.Ordinal) ? "" : PathText.CleanBelowRoot(folder); ; above = PathText.Parent(above))
        {
            if (Path.Exists(Path.Join(root, above, inside)) && above != context)
            {
                return new(top, PathText.Join(above, top));
            }

            if (above.Length == 0)
            {
                return null;
            }
        }
    }
}
