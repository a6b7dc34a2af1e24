using System.Collections.Concurrent;
using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>A tree whose directories are each listed once, however many walks pass through them.</summary>
internal sealed class ListedTree(ISyncTree inner) : ISyncTree
{
    private readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<SyncEntry>>> _listings = new(StringComparer.Ordinal);

    public IReadOnlyList<SyncEntry> List(string directory) =>
        _listings.GetOrAdd(directory, path => new Lazy<IReadOnlyList<SyncEntry>>(() => inner.List(path))).Value;

    public Stream OpenRead(SyncEntry entry) => inner.OpenRead(entry);
}
