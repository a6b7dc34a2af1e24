using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// Tells a regular file from a pipe, a socket or a device, which .NET does not; opening a pipe would wait for a writer for ever. Only Linux is
/// asked, by <c>statx</c>, whose structure is the same on every processor; elsewhere everything counts as regular.
/// </summary>
internal static class UnixFileKind
{
    private const int CurrentDirectory = -100;
    private const int DoNotFollow = 0x100;
    private const uint TypeMask = 1;
    private const int StructureSize = 256;
    private const int ModeOffset = 28;
    private const int KindMask = 0xF000;
    private const int Regular = 0x8000;

    public static bool IsRegular(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        var buffer = new byte[StructureSize];
        return Stat(CurrentDirectory, path, DoNotFollow, TypeMask, buffer) != 0
            || (BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(ModeOffset)) & KindMask) == Regular;
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "statx", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Stat(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] buffer);
}
