using System.Collections.Concurrent;
using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Oracle.Tests.Judging;

/// <summary>A directory that keeps which of its files the daemon asked for.</summary>
internal sealed class RecordingTree(ISyncTree inner) : ISyncTree
{
    private readonly ConcurrentDictionary<string, bool> _opened = new(StringComparer.Ordinal);

    public IReadOnlySet<string> Opened => _opened.Keys.ToHashSet(StringComparer.Ordinal);

    public IReadOnlyList<SyncEntry> List(string directory) => inner.List(directory);

    public Stream OpenRead(SyncEntry entry)
    {
        _opened[entry.Path] = true;
        return inner.OpenRead(entry);
    }
}
