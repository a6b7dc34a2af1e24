using System.Runtime.InteropServices;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// What <c>lstat</c> says. On Linux in one system call, <c>statx(2)</c>, whose layout is the same on all architectures; .NET's file API has no word for
/// inodes, change times and pipes, and asks several times. Elsewhere .NET's answer, without an identity.
/// </summary>
/// <param name="Mode">See <see cref="GoFileMode"/>; all nine permission bits.</param>
/// <param name="Size">In bytes; 0 for everything but regular files.</param>
internal readonly partial record struct FileStatus(uint Mode, long Size, long ModifiedNanoseconds, FileIdentity? Identity)
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int DoNotFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint BasicStatus = 0x7FF; // STATX_BASIC_STATS
    private const int NoSuchFile = 2; // ENOENT
    private const int NotADirectory = 20; // ENOTDIR
    private const uint WindowsPermissions = 0x1ED; // 0o755, as all Docker clients on Windows send
    private const long NanosecondsPerSecond = 1_000_000_000;

    private static readonly bool HasStatx = OperatingSystem.IsLinux() && Probe();

    /// <summary>Null when there is nothing of that name.</summary>
    /// <exception cref="IOException">The path cannot be looked at.</exception>
    public static FileStatus? Read(string path) => HasStatx ? ReadStatx(path) : ReadInfo(path);

    private static bool Probe()
    {
        try
        {
            return Statx(CurrentDirectory, "/", DoNotFollow, BasicStatus, out _) == 0;
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    private static FileStatus? ReadStatx(string path)
    {
        if (Statx(CurrentDirectory, path, DoNotFollow, BasicStatus, out var status) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error is NoSuchFile or NotADirectory ? null : throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}");
        }

        var mode = GoMode(status.Mode);
        var identity = new FileIdentity(((ulong)status.DeviceMajor << 32) | status.DeviceMinor, status.Inode, status.Changed.Nanoseconds);
        return new FileStatus(mode, (mode & GoFileMode.TypeMask) == 0 ? (long)status.Size : 0, status.Modified.Nanoseconds, identity);
    }

    private static uint GoMode(ushort mode)
    {
        const int TypeShift = 12;
        var kind = (mode >> TypeShift) switch
        {
            0x1 => GoFileMode.NamedPipe,
            0x2 => GoFileMode.Device | GoFileMode.CharacterDevice,
            0x4 => GoFileMode.Directory,
            0x6 => GoFileMode.Device,
            0x8 => 0u,
            0xA => GoFileMode.SymbolicLink,
            0xC => GoFileMode.Socket,
            _ => GoFileMode.Irregular,
        };
        return kind | GoPermissions((UnixFileMode)(mode & 0xFFF));
    }

    private static uint GoPermissions(UnixFileMode mode) =>
        ((uint)mode & GoFileMode.PermissionMask)
        | (mode.HasFlag(UnixFileMode.SetUser) ? GoFileMode.SetUserId : 0)
        | (mode.HasFlag(UnixFileMode.SetGroup) ? GoFileMode.SetGroupId : 0)
        | (mode.HasFlag(UnixFileMode.StickyBit) ? GoFileMode.Sticky : 0);

    private static FileStatus? ReadInfo(string path)
    {
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (info.LinkTarget is not null)
        {
            return new FileStatus(GoFileMode.SymbolicLink | GoFileMode.PermissionMask, 0, Nanoseconds(info), null);
        }

        var permissions = OperatingSystem.IsWindows() ? WindowsPermissions : info.Exists ? GoPermissions(info.UnixFileMode) : 0;
        return info switch
        {
            { Exists: false } => null,
            FileInfo file => new FileStatus((file.Length == 0 ? SpecialFile.Kind(path) : 0) | permissions, file.Length, Nanoseconds(info), null),
            _ => new FileStatus(GoFileMode.Directory | permissions, 0, Nanoseconds(info), null),
        };
    }

    private static long Nanoseconds(FileSystemInfo info) => (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out StatxBuffer status);

    /// <summary><c>struct statx</c> of <c>linux/stat.h</c>.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct StatxBuffer
    {
        [FieldOffset(28)]
        public readonly ushort Mode;

        [FieldOffset(32)]
        public readonly ulong Inode;

        [FieldOffset(40)]
        public readonly ulong Size;

        [FieldOffset(96)]
        public readonly StatxTime Changed;

        [FieldOffset(112)]
        public readonly StatxTime Modified;

        [FieldOffset(136)]
        public readonly uint DeviceMajor;

        [FieldOffset(140)]
        public readonly uint DeviceMinor;
    }

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private readonly struct StatxTime
    {
        private readonly long _seconds;
        private readonly uint _nanoseconds;

        public long Nanoseconds => (_seconds * NanosecondsPerSecond) + _nanoseconds;
    }
}
