namespace Orchestrator.BuildKit.FileSync;

/// <summary>Paths with slashes: Go's <c>path.Clean</c>, and the same below a root that cannot be left.</summary>
internal static class PathText
{
    /// <summary>The shortest equivalent path; "." if nothing remains.</summary>
    public static string Clean(string path)
    {
        var rooted = path.StartsWith('/');
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (!rooted)
            {
                parts.Add(part);
            }
        }

        var cleaned = string.Join('/', parts);
        return rooted ? "/" + cleaned : cleaned.Length == 0 ? "." : cleaned;
    }

    /// <summary>The clean path below the root; "" is the root itself, and <c>..</c> stops there.</summary>
    public static string CleanBelowRoot(string path) => Clean("/" + path)[1..];

    /// <summary>The directory of a path below the root; "" is the root.</summary>
    public static string Parent(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";

    /// <summary>Whether Go's <c>filepath.Match</c> would read more than a name in it.</summary>
    public static bool HasWildcard(string path) => FirstWildcard(path) >= 0;

    /// <summary>Where Go's <c>filepath.Match</c> begins to read more than a name; negative where it does not.</summary>
    public static int FirstWildcard(string path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] is '*' or '?' or '[' or '\\')
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A path of the file system as it is written in a folder, with slashes; "." is the folder itself.</summary>
    public static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    public static string Join(string directory, string name) => directory.Length == 0 ? name : $"{directory}/{name}";
}
