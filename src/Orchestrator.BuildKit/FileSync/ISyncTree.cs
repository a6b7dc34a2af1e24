namespace Orchestrator.BuildKit.FileSync;

/// <summary>A directory that can be sent to the daemon. Several calls may run at once, on threads of the pool.</summary>
public interface ISyncTree
{
    /// <summary>
    /// The children of a directory ("" is the root), sorted by the unsigned UTF-8 bytes of their names (<see cref="Utf8Order"/>).
    /// Called for directories only, when they are reached; never for those that a filter excludes as a whole.
    /// </summary>
    /// <exception cref="SyncTreeException">The directory cannot be read.</exception>
    IReadOnlyList<SyncEntry> List(string directory);

    /// <summary>Opens a regular file of the tree; the stream must deliver exactly <see cref="SyncEntry.Size"/> bytes.</summary>
    /// <exception cref="SyncTreeException">Opening or reading failed; stops the transfer and is kept as the session's failure.</exception>
    Stream OpenRead(SyncEntry entry);

    /// <summary>Told what the daemon wants of the tree, before anything is listed; empty paths mean everything. A tree may refuse.</summary>
    /// <exception cref="SyncTreeException">The tree does not offer this; stops the transfer.</exception>
    void Request(IReadOnlyList<string> followedPaths)
    {
    }
}
