using System.Globalization;
using System.Runtime.InteropServices;

namespace Orchestrator.Tool;

/// <summary>
/// A user's own folder in a place where everybody may make some: named for the user's number, which others can read but take only before the user does, and used
/// only when it belongs to the user and is closed to all others. Such a place keeps others from putting something else there then (its sticky bit).
/// </summary>
internal static partial class PrivateFolder
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int DoNotFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint BasicStatus = 0x7FF; // STATX_BASIC_STATS
    private const int TypeMask = 0xF000; // S_IFMT
    private const int FolderType = 0x4000; // S_IFDIR
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Others = (UnixFileMode)0x3F; // all of group and others

    /// <returns>Its path; null when there can be none, or it cannot be told whose it is.</returns>
    public static string? Open(string parent, string name)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return null;
            }

            var user = UserNumber();
            var path = Path.Join(parent, string.Create(CultureInfo.InvariantCulture, $"{name}-{user}"));
            Directory.CreateDirectory(path, Own);
            return Statx(CurrentDirectory, path, DoNotFollow, BasicStatus, out var status) == 0
                && (status.Mode & TypeMask) == FolderType && ((UnixFileMode)status.Mode & Others) == 0 && status.Owner == user ? path : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint UserNumber();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out StatxBuffer status);

    /// <summary><c>struct statx</c> of <c>linux/stat.h</c>, the same on all architectures.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct StatxBuffer
    {
        [FieldOffset(20)]
        public readonly uint Owner;

        [FieldOffset(28)]
        public readonly ushort Mode;
    }
}
