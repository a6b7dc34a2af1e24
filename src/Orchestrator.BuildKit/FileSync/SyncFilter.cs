namespace Orchestrator.BuildKit.FileSync;

/// <summary>What of a tree is sent, as the daemon asks for it (buildkit-wire 5.5).</summary>
public sealed class SyncFilter
{
    private readonly PatternMatcher? _include;
    private readonly PatternMatcher _exclude;

    /// <summary>Everything but the excluded.</summary>
    public SyncFilter(PatternMatcher exclude) => _exclude = exclude;

    private SyncFilter(PatternMatcher? include, PatternMatcher exclude) => (_include, _exclude) = (include, exclude);

    /// <summary>The filter of a request: paths are followed through the tree's links first.</summary>
    /// <exception cref="FormatException">A pattern is not valid.</exception>
    public static SyncFilter Create(ISyncTree tree, IReadOnlyList<string> include, IReadOnlyList<string> exclude, IReadOnlyList<string> followPaths)
    {
        ArgumentNullException.ThrowIfNull(include);
        ArgumentNullException.ThrowIfNull(followPaths);
        var followed = followPaths.Count == 0 ? [] : new LinkFollower(tree).Follow(followPaths);
        var everything = (include.Count == 0 && followPaths.Count == 0) || followed is null;
        return new SyncFilter(everything ? null : PatternMatcher.Parse(include.Concat(followed!)), PatternMatcher.Parse(exclude));
    }

    /// <summary>
    /// The entries in the order of the wire: depth first, names by their bytes, a directory before its children. A directory that only leads to
    /// something that is sent comes just before it.
    /// </summary>
    public IEnumerable<SyncEntry> Walk(ISyncTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var levels = new Stack<(SyncEntry? Directory, IEnumerator<SyncEntry> Children)>();
        var pending = new List<SyncEntry>();
        levels.Push((null, tree.List("").GetEnumerator()));
        while (levels.TryPeek(out var level))
        {
            if (!level.Children.MoveNext())
            {
                levels.Pop().Children.Dispose();
                if (pending.Count > 0 && ReferenceEquals(pending[^1], level.Directory))
                {
                    pending.RemoveAt(pending.Count - 1);
                }

                continue;
            }

            var entry = level.Children.Current;
            var isDirectory = GoFileMode.IsDirectory(entry.Mode);
            var isSent = IsSent(entry.Path);
            if (isSent)
            {
                foreach (var parent in pending)
                {
                    yield return parent;
                }

                pending.Clear();
                yield return entry;
            }

            if (isDirectory && (isSent || CanHoldSomething(entry.Path)))
            {
                if (!isSent)
                {
                    pending.Add(entry);
                }

                levels.Push((entry, tree.List(entry.Path).GetEnumerator()));
            }
        }
    }

    private bool IsSent(string path) => (_include is null || _include.Matches(path)) && !_exclude.Matches(path);

    private bool CanHoldSomething(string directory) =>
        (_include is null || _include.Matches(directory) || _include.CanMatchBelow(directory)) && !(_exclude.Matches(directory) && _exclude.CanSkip(directory));
}
