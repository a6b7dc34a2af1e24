namespace Orchestrator.BuildKit.FileSync;

/// <summary>A few files that exist only in memory, such as a Dockerfile that was rewritten. Flat: no sub-directories.</summary>
public sealed class MemoryTree : ISyncTree
{
    private const uint FileMode = 0x1A4;

    private readonly IReadOnlyDictionary<string, ReadOnlyMemory<byte>> _files;
    private readonly List<SyncEntry> _entries;

    /// <summary>Files by name, all with one time.</summary>
    public MemoryTree(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, long modifiedNanoseconds)
    {
        ArgumentNullException.ThrowIfNull(files);
        _files = files;
        _entries = [.. files.Select(file => new SyncEntry(file.Key, FileMode, file.Value.Length, modifiedNanoseconds)).OrderBy(entry => entry.Path, PathOrder.Instance)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<SyncEntry> List(string directory) => string.IsNullOrEmpty(directory) ? _entries : [];

    /// <inheritdoc/>
    public Stream OpenRead(SyncEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new MemoryStream(_files[entry.Path].ToArray(), writable: false);
    }
}
