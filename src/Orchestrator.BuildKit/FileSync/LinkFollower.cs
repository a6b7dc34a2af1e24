using System.Text;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// Resolves <c>followpaths</c>: links on the way are kept and their targets followed, the last part may hold wildcards. Targets are taken
/// relative to the tree's root and never leave it.
/// </summary>
internal sealed class LinkFollower(ISyncTree tree)
{
    /// <summary>What the kernel allows as well before it says "too many levels of symbolic links".</summary>
    private const int MaximumLinks = 255;

    private readonly SortedSet<string> _found = new(PathOrder.Instance);
    private int _links;

    /// <summary>The patterns to include; null when everything is.</summary>
    public IReadOnlyList<string>? Follow(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            _links = 0;
            if (!Resolve([.. Parts(path)]))
            {
                return null;
            }
        }

        return [.. _found];
    }

    private static IEnumerable<string> Parts(string path)
    {
        var clean = Pattern.Clean(path);
        return clean == "." ? [] : clean.Split('/').Where(part => part != "..");
    }

    /// <summary>False when the path is the root.</summary>
    private bool Resolve(List<string> parts)
    {
        if (parts.Count == 0)
        {
            return false;
        }

        var directory = "";
        for (var i = 0; i < parts.Count; i++)
        {
            var isLast = i == parts.Count - 1;
            var path = Join(directory, parts[i]);
            if (isLast && parts[i].AsSpan().IndexOfAny("*?[") >= 0)
            {
                return ResolveWildcard(directory, parts[i]);
            }

            if (Find(directory, parts[i])?.LinkTarget is { } target && ++_links <= MaximumLinks)
            {
                _found.Add(Escape(path));
                return Resolve([.. TargetParts(directory, target), .. parts.Skip(i + 1)]);
            }

            directory = path;
        }

        _found.Add(Escape(directory));
        return true;
    }

    private bool ResolveWildcard(string directory, string wildcard)
    {
        var pattern = Pattern.Parse(wildcard)!;
        _found.Add(directory.Length == 0 ? wildcard : Escape(directory) + "/" + wildcard);
        foreach (var entry in tree.List(directory).Where(entry => entry.LinkTarget is not null && pattern.Matches(entry.Name)))
        {
            if (++_links <= MaximumLinks && !Resolve(TargetParts(directory, entry.LinkTarget!)))
            {
                return false;
            }
        }

        return true;
    }

    private static List<string> TargetParts(string directory, string target)
    {
        var parts = target.StartsWith('/') || directory.Length == 0 ? [] : directory.Split('/').ToList();
        foreach (var part in target.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "." or ".."))
            {
                parts.Add(part);
            }
        }

        return parts;
    }

    private SyncEntry? Find(string directory, string name) => tree.List(directory).FirstOrDefault(entry => entry.Name == name);

    private static string Join(string directory, string name) => directory.Length == 0 ? name : directory + "/" + name;

    /// <summary>A name that was found is meant literally.</summary>
    private static string Escape(string path)
    {
        if (path.AsSpan().IndexOfAny("*?[\\") < 0)
        {
            return path;
        }

        var escaped = new StringBuilder();
        foreach (var character in path)
        {
            _ = "*?[\\".Contains(character, StringComparison.Ordinal) ? escaped.Append('\\').Append(character) : escaped.Append(character);
        }

        return escaped.ToString();
    }
}
