using System.Globalization;
using System.Security.Cryptography;
using Orchestrator.Diagnostics;

namespace Orchestrator.Tool.CiLogs;

/// <summary>Workflow commands of GitHub Actions: groups, and findings as annotations of the files. While a container's output is shown, none counts.</summary>
/// <param name="workspace">Annotations name files from here; null: as they are.</param>
internal sealed class GitHubLog(string? workspace) : CiLog
{
    public override bool ShowsLogs => true;

    public override IEnumerable<string> Finding(Diagnostic diagnostic)
    {
        if (diagnostic.Severity == Severity.Message)
        {
            return base.Finding(diagnostic);
        }

        var span = diagnostic.Span;
        List<(string Name, string Value)> properties = [("title", diagnostic.Code)];
        Add("file", Relative(span.File));
        Add("line", Number(span.Line));
        Add("endLine", span.Line > 0 ? Number(span.EndLine) : "");
        Add("col", span.EndLine > span.Line ? "" : Number(span.Column));
        var command = diagnostic.Severity == Severity.Error ? "error" : "warning";
        var line = $"::{command} {string.Join(',', properties.Select(property => $"{property.Name}={Property(property.Value)}"))}::{Data(OneLine(diagnostic))}";
        return [line, .. Below(diagnostic)];

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                properties.Add((name, value));
            }
        }
    }

    public override IEnumerable<string> Group(string title, string name, bool isOpen, IEnumerable<string> lines, DateTimeOffset started, DateTimeOffset ended)
    {
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        return [$"::group::{Data(Neutral(title))}", $"::stop-commands::{token}", .. lines.Select(Neutral), $"::{token}::", "::endgroup::"];
    }

    public override string Neutral(string text) => Break(text);

    private string Relative(string file)
    {
        var relative = workspace is null || file.Length == 0 ? file : Path.GetRelativePath(workspace, file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative.Replace('\\', '/');
    }

    private static string Number(int value) => value > 0 ? value.ToString(CultureInfo.InvariantCulture) : "";

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
