using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>
/// A directory with other paths laid over it: at each of those places stands the other file or directory, and nothing of what the directory itself has
/// there. Directories that lead to such a place exist, whether or not they are on disk.
/// </summary>
internal sealed class OverlayTree : ISyncTree
{
    private readonly DirectoryTree _main;
    private readonly Dictionary<string, (DirectoryTree Parent, SyncEntry Entry)> _roots = new(StringComparer.Ordinal);
    private readonly HashSet<string> _leading = new(StringComparer.Ordinal);

    /// <param name="directory">The directory.</param>
    /// <param name="overlays">Path in the context, and the absolute path that stands there.</param>
    /// <param name="open">Reads a directory.</param>
    public OverlayTree(string directory, IReadOnlyList<KeyValuePair<string, string>> overlays, Func<string, DirectoryTree> open)
    {
        _main = open(directory);
        foreach (var (place, source) in overlays)
        {
            var parent = open(Path.GetDirectoryName(source) ?? throw new ArgumentException($"'{source}' has no directory.", nameof(overlays)));
            var name = Path.GetFileName(source);
            var entry = parent.List("").FirstOrDefault(entry => entry.Name == name) ?? throw new SyncTreeException($"{source}, which is laid over {place}, is not there");
            _roots[place] = (parent, entry);
            for (var above = Parent(place); above.Length > 0; above = Parent(above))
            {
                _leading.Add(above);
            }
        }
    }

    public IReadOnlyList<SyncEntry> List(string directory)
    {
        var entries = Underlying(directory).Where(entry => !_roots.ContainsKey(entry.Path)).ToList();
        entries.AddRange(_roots.Where(root => Parent(root.Key) == directory).Select(root => root.Value.Entry with { Path = root.Key }));
        foreach (var path in _leading.Where(path => Parent(path) == directory))
        {
            if (entries.Find(entry => entry.Path == path) is not { } found)
            {
                entries.Add(new SyncEntry(path, GoFileMode.PlainDirectory, 0, 0, null));
            }
            else if (!found.IsDirectory)
            {
                var place = _roots.Keys.First(place => place.StartsWith(path + "/", StringComparison.Ordinal));
                throw new SyncTreeException($"nothing can be laid over {place}: {path} is no directory in the context");
            }
        }

        entries.Sort((left, right) => Utf8Order.Instance.Compare(left.Name, right.Name));
        return entries;
    }

    public Stream OpenRead(SyncEntry entry) =>
        Find(entry.Path) is var (parent, inner) ? parent.OpenRead(entry with { Path = inner }) : _main.OpenRead(entry);

    /// <summary>The tree and the path in it that stand at a place; null where the directory's own stand.</summary>
    private (DirectoryTree Parent, string Path)? Find(string path)
    {
        for (var place = path; place.Length > 0; place = Parent(place))
        {
            if (_roots.TryGetValue(place, out var root))
            {
                return (root.Parent, root.Entry.Path + path[place.Length..]);
            }
        }

        return null;
    }

    /// <summary>What a directory has before anything is laid into it; nothing when it only leads to a place.</summary>
    private IReadOnlyList<SyncEntry> Underlying(string directory)
    {
        if (_leading.Contains(directory) && !Exists(directory))
        {
            return [];
        }

        if (Find(directory) is not var (parent, inner))
        {
            return _main.List(directory);
        }

        var prefix = inner.Length + 1;
        return [.. parent.List(inner).Select(entry => entry with { Path = $"{directory}/{entry.Path[prefix..]}" })];
    }

    private bool Exists(string directory) =>
        directory.Length == 0 || _roots.ContainsKey(directory)
        || (Exists(Parent(directory)) && Underlying(Parent(directory)).Any(entry => entry.Path == directory && entry.IsDirectory));

    private static string Parent(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";
}
