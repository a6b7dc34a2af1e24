using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>Whether a build may take in something of a folder, whatever the folder holds: by its contexts, their ignore files, and what it copies.</summary>
internal static class FolderUse
{
    /// <param name="request">The part of a context that a build can see.</param>
    /// <param name="folder">Absolute; it need not be there.</param>
    /// <exception cref="FormatException">An ignore pattern is not valid.</exception>
    public static bool MaySee(ContextRequest request, string folder)
    {
        if (!request.IsUsed)
        {
            return false;
        }

        var ignored = PatternMatcher.Parse(request.IgnoreText is { } text ? IgnoreFile.Read(text) : []);
        return Places(request.Source, folder).Any(place => place.Length == 0
            || ((request.Paths is null || request.Paths.Any(path => MayMeet(path, place))) && !(ignored.Matches(place) && ignored.MatchesAllBelow(place))));
    }

    /// <summary>Where the folder stands in a context; "" where all of the context is in it.</summary>
    private static IEnumerable<string> Places(ContextSource source, string folder)
    {
        if (Place(source.Directory, folder) is { } place && !source.Overlays.Any(overlay => $"{place}/".StartsWith($"{overlay.Key}/", StringComparison.Ordinal)))
        {
            yield return place;
        }

        foreach (var (at, real) in source.Overlays)
        {
            if (Place(real, folder) is { } below)
            {
                yield return below.Length == 0 ? at : PathText.Join(at, below);
            }
        }
    }

    /// <summary>Where a folder stands in a directory; "" where the directory is the folder or in it, null where neither is in the other.</summary>
    private static string? Place(string directory, string folder) => Below(directory, folder) ?? (Below(folder, directory) is null ? null : "");

    private static string? Below(string directory, string path)
    {
        var relative = PathText.Relative(directory, path);
        return relative is "." ? "" : relative is ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : relative;
    }

    /// <summary>Whether what is copied may be the folder, hold it, or be in it; a part with a wildcard may be any name.</summary>
    private static bool MayMeet(string copied, string place) =>
        copied.Contains("**", StringComparison.Ordinal) || copied.Split('/').Zip(place.Split('/')).All(parts => parts.First == parts.Second || PathText.HasWildcard(parts.First));
}
