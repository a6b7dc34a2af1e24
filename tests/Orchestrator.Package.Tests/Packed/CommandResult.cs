using System.Text.RegularExpressions;

namespace Orchestrator.Package.Tests.Packed;

/// <summary>How a command ended, and what it printed on both streams.</summary>
internal sealed record CommandResult(int ExitCode, string Output, TimeSpan Duration)
{
    /// <summary>The numbers of MSBuild's closing lines.</summary>
    public (int Warnings, int Errors) Counts => (Count("Warning"), Count("Error"));

    private int Count(string kind) =>
        Regex.Match(Output, $@"^\s*(\d+) {kind}\(s\)", RegexOptions.Multiline) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
            : -1;
}
