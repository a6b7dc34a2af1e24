namespace Orchestrator.Contexts;

/// <summary>Knows the file systems whose change times can be relied on.</summary>
internal static class LocalFileSystem
{
    /// <summary>
    /// Names as <see cref="DriveInfo.DriveFormat"/> gives them on Linux; nowhere else do entries have change times (NTFS lets programs set theirs). What is not here
    /// may live on another machine with another clock, or, as on tmpfs, never move the time of a file that is written through a memory map: its pages are
    /// never written back. An overlay has the times of what lies below it.
    /// </summary>
    private static readonly HashSet<string> Reliable = new(StringComparer.Ordinal) { "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "overlay", "overlayfs" };

    /// <param name="path">Of a file that exists.</param>
    /// <returns>False also when the file system does not say what it is.</returns>
    public static bool MovesChangeTimes(string path)
    {
        try
        {
            return IsReliable(new DriveInfo(path).DriveFormat);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    public static bool IsReliable(string format) => Reliable.Contains(format);
}
