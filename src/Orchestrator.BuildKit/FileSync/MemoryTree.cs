using System.Text;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// A few small files that exist in memory only, for generated Dockerfiles. Their time is that of the tree's creation: old engines do not ask again for
/// a file whose size and time they know.
/// </summary>
public sealed class MemoryTree : ISyncTree
{
    private const uint FileMode = 0x1A4; // 0o644

    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, SyncEntry>> _directories = new(StringComparer.Ordinal);

    /// <summary>Creates the tree.</summary>
    /// <param name="files">Contents by path, parts separated by <c>/</c>.</param>
    /// <param name="time">The clock for the files' time. Default: the system's.</param>
    public MemoryTree(IReadOnlyDictionary<string, byte[]> files, TimeProvider? time = null)
    {
        var now = ((time ?? TimeProvider.System).GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        _directories.Add("", new SortedDictionary<string, SyncEntry>(Utf8Order.Instance));
        foreach (var (path, content) in files)
        {
            if (path.Length == 0 || PathText.CleanBelowRoot(path) != path)
            {
                throw new ArgumentException($"'{path}' is not a clean relative path.", nameof(files));
            }

            _files.Add(path, content);
            Add(new SyncEntry(path, FileMode, content.Length, now, null));
        }
    }

    /// <summary>A tree with one text file, in UTF-8.</summary>
    public static MemoryTree WithFile(string path, string text) =>
        new(new Dictionary<string, byte[]> { [path] = Encoding.UTF8.GetBytes(text) });

    /// <inheritdoc />
    public IReadOnlyList<SyncEntry> List(string directory) => [.. _directories[directory].Values];

    /// <inheritdoc />
    public Stream OpenRead(SyncEntry entry) => new MemoryStream(_files[entry.Path], writable: false);

    private void Add(SyncEntry entry)
    {
        var parent = PathText.Parent(entry.Path);
        if (!_directories.TryGetValue(parent, out var children))
        {
            children = new SortedDictionary<string, SyncEntry>(Utf8Order.Instance);
            _directories.Add(parent, children);
            Add(new SyncEntry(parent, GoFileMode.PlainDirectory, 0, entry.ModifiedNanoseconds, null));
        }

        children.Add(entry.Name, entry);
    }
}
