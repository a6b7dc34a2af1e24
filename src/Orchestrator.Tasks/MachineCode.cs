using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Orchestrator.Tasks;

/// <summary>The tool as a program that needs no .NET, and whether this machine can run it.</summary>
internal static class MachineCode
{
    /// <summary>Beside the program, where it needs one: the lowest version of the C library that it can be started with.</summary>
    private const string VersionFile = "glibc";

    private const int Executable = 1;

    /// <summary>The program's path; null when the folder has none, or none for this machine: NuGet lets only the user who restored a package execute what is in it.</summary>
    public static string? Find(string directory)
    {
        var isWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
        var program = Path.Combine(directory, isWindows ? "Orchestrator.Tool.exe" : "Orchestrator.Tool");
        return File.Exists(program) && (isWindows || Runs(program, Path.Combine(directory, VersionFile))) ? program : null;
    }

    private static bool Runs(string program, string versionFile)
    {
        try
        {
            return Access(program, Executable) == 0 && (!File.Exists(versionFile) || HasLibrary(File.ReadAllText(versionFile)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library has neither the name nor the function.
            return false;
        }
    }

    private static bool HasLibrary(string needed) =>
        Version.TryParse(needed.Trim(), out var lowest) && Version.TryParse(Marshal.PtrToStringAnsi(LibraryVersion()), out var own) && own >= lowest;

    [DllImport("libc", EntryPoint = "access", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Access(string path, int mode);

    [DllImport("libc", EntryPoint = "gnu_get_libc_version")]
    private static extern IntPtr LibraryVersion();
}
