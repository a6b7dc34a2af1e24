namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// Walks a tree in the order of the protocol (depth first, names by UTF-8 bytes, a directory right before its children) and keeps what the filter
/// lets through. A directory that is not wanted itself appears only if something below it does, before it.
/// </summary>
internal sealed class FilteredWalk
{
    private readonly ISyncTree _tree;
    private readonly PatternMatcher? _include;
    private readonly PatternMatcher _exclude;

    /// <exception cref="FormatException">A pattern is not valid.</exception>
    public FilteredWalk(ISyncTree tree, SyncFilter filter)
    {
        _tree = tree;
        _exclude = PatternMatcher.Parse(filter.ExcludePatterns);
        var followed = new FollowedPaths(tree, _exclude).Resolve(filter.FollowPaths);
        if (followed is not null && filter.IncludePatterns.Count + followed.Count > 0)
        {
            _include = PatternMatcher.Parse(filter.IncludePatterns.Concat(followed));
        }
    }

    /// <exception cref="SyncTreeException">Something that is wanted cannot be read or sent.</exception>
    public IEnumerable<SyncEntry> Entries()
    {
        var open = new Stack<Directory>();
        open.Push(new Directory(null, PatternResult.Root, PatternResult.Root, isSent: true) { Children = _tree.List("").GetEnumerator() });
        string? previous = null;
        while (open.TryPeek(out var directory))
        {
            if (!directory.Children!.MoveNext())
            {
                open.Pop();
                previous = directory.Entry?.Name;
                continue;
            }

            var entry = directory.Children.Current;
            CheckOrder(directory, entry, ref previous);
            var include = _include?.Match(entry.Path, directory.Include) ?? PatternResult.Root;
            var exclude = _exclude.Match(entry.Path, directory.Exclude);
            var isWanted = (_include is null || include.IsMatch) && !exclude.IsMatch;
            if (isWanted)
            {
                foreach (var sent in Send(open, entry))
                {
                    yield return sent;
                }
            }

            if (entry.IsDirectory && LeadsSomewhere(entry, include, exclude)
                && Open(entry, isWanted) is { } children)
            {
                open.Push(new Directory(entry, include, exclude, isWanted) { Children = children.GetEnumerator() });
                previous = null;
            }
        }
    }

    // The tree's promise, which the daemon relies on: without it files would be deleted or refused over there.
    private static void CheckOrder(Directory directory, SyncEntry entry, ref string? previous)
    {
        if (previous is not null && Utf8Order.Instance.Compare(previous, entry.Name) >= 0)
        {
            throw new InvalidOperationException($"The tree lists '{entry.Path}' after '{previous}'.");
        }

        if (PathText.Parent(entry.Path) != (directory.Entry?.Path ?? ""))
        {
            throw new InvalidOperationException($"The tree lists '{entry.Path}' in '{directory.Entry?.Path}'.");
        }

        previous = entry.Name;
    }

    private static IEnumerable<SyncEntry> Send(Stack<Directory> open, SyncEntry entry)
    {
        foreach (var directory in open.Where(directory => !directory.IsSent).Reverse())
        {
            directory.IsSent = true;
            yield return Checked(directory.Entry!);
        }

        yield return Checked(entry);
    }

    private static SyncEntry Checked(SyncEntry entry) => entry.Problem is { } problem ? throw new SyncTreeException(problem) : entry;

    private bool LeadsSomewhere(SyncEntry entry, PatternResult include, PatternResult exclude) =>
        (_include is null || include.IsMatch || _include.MayMatchBelow(entry.Path))
        && (!exclude.IsMatch || !_exclude.MatchesAllBelow(entry.Path));

    private IReadOnlyList<SyncEntry>? Open(SyncEntry entry, bool isWanted)
    {
        try
        {
            return _tree.List(entry.Path);
        }
        catch (SyncTreeException) when (!isWanted)
        {
            // Only looked into because something below might have been wanted.
            return null;
        }
    }

    private sealed class Directory(SyncEntry? entry, PatternResult include, PatternResult exclude, bool isSent)
    {
        public SyncEntry? Entry { get; } = entry;

        public PatternResult Include { get; } = include;

        public PatternResult Exclude { get; } = exclude;

        public bool IsSent { get; set; } = isSent;

        public required IEnumerator<SyncEntry> Children { get; init; }
    }
}
