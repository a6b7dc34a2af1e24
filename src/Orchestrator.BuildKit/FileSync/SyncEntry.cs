namespace Orchestrator.BuildKit.FileSync;

/// <summary>A file, directory or link of a tree.</summary>
/// <param name="Path">Relative to the tree's root, parts separated by <c>/</c>, clean.</param>
/// <param name="Mode">Kind and permissions, see <see cref="GoFileMode"/>.</param>
/// <param name="Size">In bytes; 0 for everything but regular files.</param>
/// <param name="ModifiedNanoseconds">
/// Since the Unix epoch. The daemon does not ask again for a file whose size, mode and time it knows, whatever its content.
/// </param>
/// <param name="LinkTarget">The text of a symbolic link, else null.</param>
public sealed record SyncEntry(string Path, uint Mode, long Size, long ModifiedNanoseconds, string? LinkTarget)
{
    /// <summary>Why the entry cannot be sent; it fails the transfer only if the entry passes the filters. Default: null, it can.</summary>
    public string? Problem { get; init; }

    /// <summary>What the file system says of the file besides; null where it was not asked.</summary>
    internal FileIdentity? Identity { get; init; }

    /// <summary>It is a directory.</summary>
    public bool IsDirectory => (Mode & GoFileMode.Directory) != 0;

    /// <summary>It is a regular file.</summary>
    public bool IsRegular => (Mode & GoFileMode.TypeMask) == 0;

    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}
