using System.Globalization;
using Orchestrator.Diagnostics;

namespace Orchestrator.Tool.CiLogs;

/// <summary>Logging commands of Azure Pipelines: groups, and findings as issues of the run.</summary>
internal sealed class AzureLog : CiLog
{
    public override bool ShowsLogs => true;

    public override IEnumerable<string> Finding(Diagnostic diagnostic)
    {
        if (diagnostic.Severity == Severity.Message)
        {
            return base.Finding(diagnostic);
        }

        var span = diagnostic.Span;
        var place = span.File.Length == 0 ? "" : $"sourcepath={Property(span.File)};" + (span.Line == 0 ? "" : $"linenumber={Number(span.Line)};columnnumber={Number(Math.Max(1, span.Column))};");
        var command = $"##vso[task.logissue type={(diagnostic.Severity == Severity.Error ? "error" : "warning")};{place}code={Property(diagnostic.Code)};]";
        return [command + Data(OneLine(diagnostic)), .. Below(diagnostic)];
    }

    public override IEnumerable<string> Group(string title, string name, bool isOpen, IEnumerable<string> lines, DateTimeOffset started, DateTimeOffset ended) =>
        ["##[group]" + Neutral(title), .. lines.Select(Neutral), "##[endgroup]"];

    public override string Neutral(string text) => Break(text);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Data(string text) => text.Replace("%", "%AZP25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace("]", "%5D", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
}
