using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>
/// Serves exactly what was hashed: the planned entries, and each file's bytes only if they still have the planned hash.
/// A file that differs stops the transfer, so an image never holds what its key does not cover.
/// </summary>
internal sealed class PlannedTree : ISyncTree
{
    private readonly ISyncTree _disk;
    private readonly Dictionary<string, List<SyncEntry>> _children = new(StringComparer.Ordinal) { [""] = [] };
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);

    public PlannedTree(ISyncTree disk, ContextSnapshot snapshot)
    {
        _disk = disk;
        foreach (var (entry, hash) in snapshot.Entries)
        {
            var slash = entry.Path.LastIndexOf('/');
            var parent = slash < 0 ? "" : entry.Path[..slash];
            if (!_children.TryGetValue(parent, out var siblings))
            {
                _children.Add(parent, siblings = []);
            }

            siblings.Add(entry);
            if (hash.Length > 0)
            {
                _hashes.Add(entry.Path, hash);
            }
        }
    }

    public IReadOnlyList<SyncEntry> List(string directory) => _children.TryGetValue(directory, out var entries) ? entries : [];

    public Stream OpenRead(SyncEntry entry)
    {
        try
        {
            return new VerifyingStream(_disk.OpenRead(entry), entry, _hashes[entry.Path]);
        }
        catch (SyncTreeException)
        {
            // It could be read when it was hashed; what is gone or closed now has changed.
            throw new ContextChangedException(entry.Path);
        }
    }
}
