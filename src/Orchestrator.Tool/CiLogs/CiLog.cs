using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.Tool.Findings;

namespace Orchestrator.Tool.CiLogs;

/// <summary>
/// What a run's lines are where they are read: here, nobody's log in particular. CI systems fold groups of lines, show findings beside the code,
/// and take some lines for commands, which nothing but this program may give.
/// </summary>
internal partial class CiLog
{
    /// <summary>Cells of an excerpt's line where nobody knows how wide a page is.</summary>
    private const int Width = 160;

    /// <summary>Whether the logs of images are shown: where they can be folded.</summary>
    public virtual bool ShowsLogs => false;

    public static CiLog Of(IReadOnlyDictionary<string, string> variables) =>
        CiVariables.IsOn(variables, CiVariables.GitHub) ? new GitHubLog(variables.GetValueOrDefault("GITHUB_WORKSPACE"))
        : CiVariables.IsOn(variables, CiVariables.Azure) ? new AzureLog()
        : CiVariables.IsOn(variables, CiVariables.GitLab) ? new GitLabLog()
        : new CiLog();

    /// <summary>The lines of a finding.</summary>
    public virtual IEnumerable<string> Finding(Diagnostic diagnostic) => DiagnosticText.Lines(diagnostic, Width).Select(Neutral);

    /// <summary>Lines that are folded under a title.</summary>
    /// <param name="title">One line.</param>
    /// <param name="name">Tells the group from others.</param>
    /// <param name="isOpen">Unfolded at first, where the system lets one say so.</param>
    /// <param name="lines">What was logged; not to be trusted.</param>
    /// <param name="started">When what was logged began.</param>
    /// <param name="ended">When it was over.</param>
    public virtual IEnumerable<string> Group(string title, string name, bool isOpen, IEnumerable<string> lines, DateTimeOffset started, DateTimeOffset ended) => lines.Prepend(title);

    /// <summary>A text that the system takes for no command.</summary>
    public virtual string Neutral(string text) => text;

    /// <summary>What the log shows below a finding that the system put elsewhere in a form without code and place: those, and the excerpt; not the message and the help again.</summary>
    protected IEnumerable<string> Below(Diagnostic diagnostic)
    {
        var head = diagnostic.Span.File.Length > 0 ? $"{diagnostic.Code} at {diagnostic.Span}" : diagnostic.Code;
        return DiagnosticText.Details(diagnostic, Width).SkipLast(1).Prepend(head).Select(Neutral);
    }

    /// <summary>A finding on one line, with what to do.</summary>
    protected string OneLine(Diagnostic diagnostic) => Neutral($"{diagnostic.Message.Split('\n')[0]} ({diagnostic.Help})");

    /// <summary>Breaks what begins a command: <c>##vso[</c> and <c>##[</c> wherever they stand, <c>::</c> at the beginning of a line.</summary>
    protected static string Break(string text) => Start().Replace(
        text.Replace("##vso[", "## vso[", StringComparison.OrdinalIgnoreCase).Replace("##[", "## [", StringComparison.Ordinal), ": :");

    /// <summary>Runners end a line at a carriage return, too.</summary>
    [GeneratedRegex(@"(?<=(\A|[\r\n])\s*)::", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Start();
}
