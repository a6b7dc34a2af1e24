using System.Text;

namespace Orchestrator.Tool;

/// <summary>What programs read is UTF-8: MSBuild's tasks and readers of JSON know nothing of the code page that a console of Windows, or a locale, would have. People on Windows see the text of containers in it too.</summary>
internal static class ProgramOutput
{
    /// <summary>Before anything is written.</summary>
    public static void Open(ProgressForm form)
    {
        if (form is ProgressForm.MSBuild or ProgressForm.Json)
        {
            Console.SetOut(Writer(Console.OpenStandardOutput()));
            Console.SetError(Writer(Console.OpenStandardError()));
        }
        else if (OperatingSystem.IsWindows())
        {
            WindowsConsole.SpeakUtf8();
        }
    }

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
}
