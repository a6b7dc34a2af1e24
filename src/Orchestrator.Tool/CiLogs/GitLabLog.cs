using System.Globalization;

namespace Orchestrator.Tool.CiLogs;

/// <summary>Sections of GitLab's job logs. They begin with control characters, which nothing else may have.</summary>
internal sealed class GitLabLog : CiLog
{
    private const string ClearLine = "\u001b[0K";

    public override bool ShowsLogs => true;

    public override IEnumerable<string> Group(string title, string name, bool isOpen, IEnumerable<string> lines, DateTimeOffset started, DateTimeOffset ended)
    {
        var section = "orchestrator_" + string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
        return
        [
            $"{ClearLine}section_start:{Time(started)}:{section}[collapsed={(isOpen ? "false" : "true")}]\r{ClearLine}{Neutral(title)}",
            .. lines.Select(Neutral),
            $"{ClearLine}section_end:{Time(ended)}:{section}\r{ClearLine}",
        ];
    }

    public override string Neutral(string text) =>
        text.Any(IsPrivate) ? string.Concat(text.Where(character => !IsPrivate(character))) : text;

    private static bool IsPrivate(char character) => char.IsControl(character) && character is not ('\n' or '\t');

    private static string Time(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
