namespace Orchestrator.BuildKit.FileSync;

/// <summary>Reads <c>.dockerignore</c> files as moby's ignorefile does.</summary>
public static class IgnoreFile
{
    /// <summary>
    /// The patterns in order, clean and without a leading <c>/</c>. A byte order mark, blank lines and lines that start with <c>#</c> are skipped;
    /// <c>#</c> behind spaces is part of a pattern.
    /// </summary>
    public static IReadOnlyList<string> Read(string text)
    {
        var patterns = new List<string>();
        foreach (var line in text.TrimStart('\uFEFF').Split('\n'))
        {
            var pattern = line.StartsWith('#') ? "" : line.Trim();
            if (pattern.Length > 0)
            {
                patterns.Add(Normalize(pattern));
            }
        }

        return patterns;
    }

    private static string Normalize(string pattern)
    {
        var negation = pattern[0] == '!';
        var path = negation ? pattern[1..].Trim() : pattern;
        if (path.Length > 0)
        {
            path = PathText.Clean(path);
            path = path.Length > 1 && path[0] == '/' ? path[1..] : path;
        }

        return negation ? "!" + path : path;
    }
}
