namespace Orchestrator.BuildKit.FileSync;

/// <summary>Tells a file from every other, and from itself before any change: whoever writes to it moves its change time, which nobody can set back.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Inode">Unique within the file system, until the file is removed.</param>
/// <param name="ChangedNanoseconds">Of the last change of content or status (<c>ctime</c>), since the Unix epoch.</param>
internal sealed record FileIdentity(ulong Device, ulong Inode, long ChangedNanoseconds);
