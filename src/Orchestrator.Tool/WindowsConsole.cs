using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Orchestrator.Tool;

/// <summary>Consoles of Windows understand the control sequences of terminals, and UTF-8, once they are told to.</summary>
internal static partial class WindowsConsole
{
    private const int StandardOutput = -11;
    private const uint ProcessesSequences = 0x0004;

    /// <summary>Containers write UTF-8; a console has the code page of its language. It gets its own back when the process ends.</summary>
    [SupportedOSPlatform("windows")]
    public static void SpeakUtf8()
    {
        try
        {
            var usual = Console.OutputEncoding;
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.OutputEncoding = usual;
        }
        catch (IOException)
        {
            // There is no console.
        }
    }

    /// <returns>False when this console does not.</returns>
    public static bool TakesSequences() => OperatingSystem.IsWindows() && TellIt();

    [SupportedOSPlatform("windows")]
    private static bool TellIt()
    {
        var output = GetStdHandle(StandardOutput);
        return GetConsoleMode(output, out var mode) && ((mode & ProcessesSequences) != 0 || SetConsoleMode(output, mode | ProcessesSequences));
    }

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint GetStdHandle(int handle);

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint handle, uint mode);
}
