namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// Resolves the paths that a build copies: where a part of a path is a symbolic link, the link is kept and its target followed as well. The last
/// part of what was walked so far may contain wildcards; then every match that is a link is followed. Absolute targets start at the tree's root, and
/// nothing leads out of it. What does not exist is kept too; it matches nothing, and the daemon reports it.
/// </summary>
internal sealed class FollowedPaths(ISyncTree tree, PatternMatcher excludes)
{
    // As many links as Linux follows; also ends links that lead into themselves.
    private const int MaxLinks = 40;

    private readonly HashSet<string> _followed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _resolved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<SyncEntry>> _listings = new(StringComparer.Ordinal);

    /// <summary>Patterns to include, or null when the root itself is among them and everything is wanted.</summary>
    public IReadOnlyList<string>? Resolve(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            Add(path, 0);
        }

        return _resolved.Contains("") ? null : [.. _resolved.Order(StringComparer.Ordinal)];
    }

    private void Add(string path, int links)
    {
        var rest = PathText.CleanBelowRoot(path);
        var current = "";
        do
        {
            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            current = PathText.Join(current, slash < 0 ? rest : rest[..slash]);
            rest = slash < 0 ? "" : rest[(slash + 1)..];
            var targets = LinkTargets(current);
            if (targets.Count > 0)
            {
                Follow(current, targets, rest, links + 1);
                return;
            }
        }
        while (rest.Length > 0);

        _resolved.Add(current);
    }

    private void Follow(string link, List<string> targets, string rest, int links)
    {
        _resolved.Add(link);
        if (links > MaxLinks || !_followed.Add($"{link}\0{rest}"))
        {
            return;
        }

        foreach (var target in targets)
        {
            Add(PathText.Join(target, rest), links);
        }
    }

    private List<string> LinkTargets(string path)
    {
        var directory = PathText.Parent(path);
        var name = path[(directory.Length == 0 ? 0 : directory.Length + 1)..];
        if (!HasWildcards(name))
        {
            return Find(path) is { LinkTarget: { } target } ? [Target(directory, target)] : [];
        }

        var pattern = Pattern.Parse(name);
        return [.. List(directory)
            .Where(entry => entry.LinkTarget is not null && pattern is not null && pattern.Matches(entry.Name))
            .Select(entry => Target(directory, entry.LinkTarget!))];
    }

    private static string Target(string directory, string target) =>
        PathText.CleanBelowRoot(target.StartsWith('/') ? target : $"{directory}/{target}");

    private SyncEntry? Find(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return List(PathText.Parent(path)).FirstOrDefault(entry => entry.Name == name);
    }

    private IReadOnlyList<SyncEntry> List(string directory)
    {
        if (_listings.TryGetValue(directory, out var known))
        {
            return known;
        }

        var exists = directory.Length == 0 || (Find(directory) is { IsDirectory: true } && !IsHidden(directory));
        var listing = exists ? tree.List(directory) : [];
        _listings.Add(directory, listing);
        return listing;
    }

    // Nothing of such a directory is ever sent, so no link in it can be wanted.
    private bool IsHidden(string directory) => excludes.Matches(directory) && excludes.MatchesAllBelow(directory);

    private static bool HasWildcards(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '\\')
            {
                i++;
            }
            else if (name[i] is '*' or '?' or '[')
            {
                return true;
            }
        }

        return false;
    }
}
