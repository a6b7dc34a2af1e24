namespace Orchestrator.BuildKit.FileSync;

/// <summary>The bits of Go's <c>os.FileMode</c>, which are not those of POSIX (buildkit-wire 5.4).</summary>
public static class GoFileMode
{
    /// <summary>A directory.</summary>
    public const uint Directory = 0x8000_0000;

    /// <summary>A symbolic link.</summary>
    public const uint Symlink = 0x0800_0000;

    /// <summary>A named pipe.</summary>
    public const uint NamedPipe = 0x0200_0000;

    /// <summary>Everything that makes an entry something other than a regular file.</summary>
    public const uint TypeBits = 0x8F20_0000;

    /// <summary>Owner, group and others.</summary>
    public const uint Permissions = 0x1FF;

    /// <summary>Whether the mode is that of a regular file.</summary>
    public static bool IsRegular(uint mode) => (mode & TypeBits) == 0;

    /// <summary>Whether the mode is that of a directory.</summary>
    public static bool IsDirectory(uint mode) => (mode & Directory) != 0;
}
