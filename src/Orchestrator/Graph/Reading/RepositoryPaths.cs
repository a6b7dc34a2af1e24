using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>Paths as a graph file writes them, made absolute and kept inside the repository.</summary>
/// <param name="Directory">The graph file's folder.</param>
/// <param name="Root">The git top level, else the folder.</param>
/// <param name="Home">What <c>~/</c> stands for, or null.</param>
internal sealed record RepositoryPaths(string Directory, string Root, string? Home, bool AllowOutside, DiagnosticBag Diagnostics)
{
    private const int MaximumLinks = 40;

    /// <summary>Where paths lead that were looked at: those of a graph share most of their folders.</summary>
    private readonly Dictionary<string, string?> _links = new(StringComparer.Ordinal);

    /// <summary>The nearest folder, from this one upward, that holds <c>.git</c> (a file in worktrees and submodules).</summary>
    public static string? GitTopLevel(string directory)
    {
        for (var folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                return folder;
            }
        }

        return null;
    }

    public string Absolute(string path, string? from = null)
    {
        if (Home is not null && (path == "~" || path.StartsWith("~/", StringComparison.Ordinal)))
        {
            return Path.GetFullPath(path.TrimStart('~').TrimStart('/'), Home);
        }

        var absolute = Path.GetFullPath(path, from ?? Directory);
        return Path.TrimEndingDirectorySeparator(absolute);
    }

    /// <summary>Whether a path that will be opened lies in the repository, links resolved; if not, that is a diagnostic.</summary>
    public bool Admits(string absolute, SourceSpan place)
    {
        if (AllowOutside || (IsUnder(absolute, Root) && IsUnder(Resolve(absolute), Resolve(Root))))
        {
            return true;
        }

        Diagnostics.Add(Rules.PathOutsideRepository.At(place, absolute, Root));
        return false;
    }

    /// <summary>An existing directory inside the repository; null, with a diagnostic, for anything else.</summary>
    public string? ExistingDirectory(Located<string> path)
    {
        var absolute = Absolute(path.Value);
        if (!Admits(absolute, path.Span))
        {
            return null;
        }

        if (System.IO.Directory.Exists(absolute))
        {
            return absolute;
        }

        Diagnostics.Add(Rules.ContextMissing.At(path.Span, absolute, NearbyPhrase(absolute)));
        return null;
    }

    /// <summary>Did-you-mean for the first part of a path that does not exist, among what stands beside it.</summary>
    public static string NearbyPhrase(string absolute)
    {
        var missing = absolute;
        var parent = Path.GetDirectoryName(missing);
        while (parent is not null && !System.IO.Directory.Exists(parent))
        {
            (missing, parent) = (parent, Path.GetDirectoryName(parent));
        }

        if (parent is null || File.Exists(missing) || System.IO.Directory.Exists(missing))
        {
            return "";
        }

        try
        {
            var siblings = System.IO.Directory.EnumerateFileSystemEntries(parent).Select(sibling => Path.GetFileName(sibling)).Order(StringComparer.Ordinal);
            return DidYouMean.Phrase(Path.GetFileName(missing), siblings);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static bool IsUnder(string path, string root)
    {
        var relative = Path.GetRelativePath(root, path);
        return relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);
    }

    /// <summary>The path with every link on the way replaced by where it leads; what does not exist stays as written.</summary>
    public string Resolve(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var rest = new Stack<string>(Parts(path[root.Length..]));
        var resolved = root;
        var links = 0;
        while (rest.TryPop(out var part))
        {
            var next = Path.GetFullPath(part, resolved);
            if (LinkTarget(next) is not { } target || ++links > MaximumLinks)
            {
                resolved = next;
                continue;
            }

            var absolute = Path.GetFullPath(target, resolved);
            resolved = Path.GetPathRoot(absolute)!;
            foreach (var piece in Parts(absolute[resolved.Length..]))
            {
                rest.Push(piece);
            }
        }

        return resolved;
    }

    private string? LinkTarget(string path)
    {
        if (_links.TryGetValue(path, out var known))
        {
            return known;
        }

        try
        {
            return _links[path] = new FileInfo(path).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return _links[path] = null;
        }
    }

    /// <summary>Names of a path, last one first.</summary>
    private static IEnumerable<string> Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse();
}
