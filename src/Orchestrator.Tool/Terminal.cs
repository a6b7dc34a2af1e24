using System.Globalization;
using Orchestrator.Tool.Live;

namespace Orchestrator.Tool;

/// <summary>The terminal that a person looks at.</summary>
/// <param name="Look">What it can show.</param>
/// <param name="Size">Its cells now, which change while it is looked at.</param>
/// <param name="Write">Writes a text at once. A terminal that went away takes it without a word: that fails no run.</param>
internal sealed record Terminal(Look Look, Func<(int Width, int Height)> Size, Action<string> Write)
{
    private const int UsualWidth = 80;
    private const int UsualHeight = 24;

    /// <summary>The first that is set counts.</summary>
    private static readonly string[] Locale = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>Whether the output is a terminal that can be painted on, and somebody sits before it: what CI runs is read later, as a log.</summary>
    public static bool IsThere(ToolEnvironment environment) =>
        !Console.IsOutputRedirected
        && !CiVariables.AreThere(environment.Variables)
        && environment.Variables.GetValueOrDefault("TERM") != "dumb"
        && (environment.IsWindows ? WindowsConsole.TakesSequences() : environment.Variables.ContainsKey("TERM"));

    public static Terminal Open(ToolEnvironment environment)
    {
        var encoding = Console.OutputEncoding;
        var writer = new StreamWriter(Console.OpenStandardOutput(), encoding, bufferSize: 1 << 16) { AutoFlush = false };
        var hasColour = environment.Variables.GetValueOrDefault("NO_COLOR") is not { Length: > 0 };
        return new Terminal(new Look(hasColour, encoding.CodePage == System.Text.Encoding.UTF8.CodePage && SpeaksUnicode(environment)), () => SizeNow(environment), text => Send(writer, text));
    }

    /// <summary>Not where the locale says that nothing but ASCII is understood.</summary>
    private static bool SpeaksUnicode(ToolEnvironment environment)
    {
        var variables = environment.Variables;
        var locale = Locale.Select(name => variables.GetValueOrDefault(name)).FirstOrDefault(value => value is { Length: > 0 });
        return locale is not ("C" or "POSIX");
    }

    /// <summary>Some terminals do not say, and then it is the variables of shells that do, or the usual size.</summary>
    private static (int Width, int Height) SizeNow(ToolEnvironment environment)
    {
        var (width, height) = Console.IsOutputRedirected ? (0, 0) : (Console.WindowWidth, Console.WindowHeight);
        return (width > 0 ? width : Variable("COLUMNS", UsualWidth), height > 0 ? height : Variable("LINES", UsualHeight));

        int Variable(string name, int usual) =>
            int.TryParse(environment.Variables.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : usual;
    }

    private static void Send(StreamWriter writer, string text)
    {
        try
        {
            writer.Write(text);
            writer.Flush();
        }
        catch (IOException)
        {
        }
    }
}
