namespace Orchestrator.BuildKit.FileSync;

/// <summary>A directory that can be sent to the daemon. Called from several threads.</summary>
public interface ISyncTree
{
    /// <summary>
    /// The children of a directory (<c>""</c> is the root), sorted by the unsigned UTF-8 bytes of their names. A directory that is not there
    /// has none. Not called for directories that are excluded.
    /// </summary>
    /// <exception cref="SyncTreeException">The directory cannot be read.</exception>
    IReadOnlyList<SyncEntry> List(string directory);

    /// <summary>The content of a regular file; exactly <see cref="SyncEntry.Size"/> bytes.</summary>
    /// <exception cref="SyncTreeException">Also from reading: the file cannot be read, or is not what the entry says.</exception>
    Stream OpenRead(SyncEntry entry);
}
