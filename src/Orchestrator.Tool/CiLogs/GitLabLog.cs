using System.Globalization;

namespace Orchestrator.Tool.CiLogs;

/// <summary>Sections of GitLab's job logs. They begin with control characters, of which a container's output has none left.</summary>
internal sealed class GitLabLog : CiLog
{
    private const string ClearLine = "\u001b[0K";

    public override bool ShowsLogs => true;

    public override IEnumerable<string> Group(string title, string name, bool isOpen, IEnumerable<string> lines, DateTimeOffset now)
    {
        var section = "orchestrator_" + string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return
        [
            $"{ClearLine}section_start:{time}:{section}[collapsed={(isOpen ? "false" : "true")}]\r{ClearLine}{title}",
            .. lines,
            $"{ClearLine}section_end:{time}:{section}\r{ClearLine}",
        ];
    }
}
