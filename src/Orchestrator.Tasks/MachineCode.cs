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

    /// <summary>The program's path in a folder; null when the folder has none.</summary>
    public static string? Find(string directory)
    {
        var program = Path.Combine(directory, RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "Orchestrator.Tool.exe" : "Orchestrator.Tool");
        return File.Exists(program) ? program : null;
    }

    /// <summary>Why this machine cannot run a program, in words; null when nothing is known that keeps it from running.</summary>
    public static string? Obstacle(string program)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return null;
        }

        try
        {
            // NuGet lets only the user who restored a package execute what is in it.
            return Access(program, Executable) != 0 ? "this user may not execute it" : LibraryObstacle(Path.Combine(Path.GetDirectoryName(program)!, VersionFile));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            return "it was made for another C library";
        }
    }

    private static string? LibraryObstacle(string versionFile)
    {
        if (!File.Exists(versionFile))
        {
            return null;
        }

        var needed = File.ReadAllText(versionFile).Trim();
        var own = Marshal.PtrToStringAnsi(LibraryVersion());
        return Version.TryParse(needed, out var lowest) && Version.TryParse(own, out var present) && present >= lowest ? null : $"it needs version {needed} of the C library, and this is {own}";
    }

    [DllImport("libc", EntryPoint = "access", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Access(string path, int mode);

    [DllImport("libc", EntryPoint = "gnu_get_libc_version")]
    private static extern IntPtr LibraryVersion();
}
