using System.Text;

namespace Orchestrator.Tool;

/// <summary>What programs read is UTF-8: MSBuild's tasks and readers of JSON know nothing of the code page that a console of Windows, or a locale, would have. People on Windows see the text of containers in it too.</summary>
internal static class ProgramOutput
{
    /// <summary>Before anything is written.</summary>
    /// <returns>What is standard output from now on.</returns>
    public static SteadyWriter Open(ProgressForm form)
    {
        var isForProgram = form is ProgressForm.MSBuild or ProgressForm.Json;
        if (!isForProgram && OperatingSystem.IsWindows())
        {
            WindowsConsole.SpeakUtf8();
        }

        var output = new SteadyWriter(isForProgram ? Writer(Console.OpenStandardOutput()) : Console.Out);
        Console.SetOut(output);
        if (isForProgram)
        {
            Console.SetError(Writer(Console.OpenStandardError()));
        }

        return output;
    }

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
}
