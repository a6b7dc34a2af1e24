namespace Orchestrator.BuildKit.FileSync;

/// <summary>One entry of a tree that is sent to the daemon.</summary>
/// <param name="Path">Relative to the tree's root, parts joined by <c>/</c>.</param>
/// <param name="Mode">Bits of <see cref="GoFileMode"/>.</param>
/// <param name="Size">Bytes of a regular file; otherwise 0.</param>
/// <param name="ModifiedNanoseconds">Since 1970. Decides whether the daemon asks for the content again, not whether steps run again.</param>
/// <param name="LinkTarget">The text of a symbolic link.</param>
public sealed record SyncEntry(string Path, uint Mode, long Size, long ModifiedNanoseconds, string? LinkTarget = null)
{
    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}
