using System.Text.Json;
using Orchestrator.Diagnostics;

namespace Orchestrator.Tool.Reporters;

/// <summary>A finding as members of a JSON object, the same in events and reports.</summary>
internal static class FindingJson
{
    public static void Write(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteString("severity", diagnostic.Severity.ToString().ToLowerInvariant());
        json.WriteString("code", diagnostic.Code);
        json.WriteString("message", diagnostic.Message);
        json.WriteString("help", diagnostic.Help);
        json.WriteString("link", JsonText.Known(diagnostic.HelpLink));
        var span = diagnostic.Span;
        json.WriteString("file", JsonText.Known(span.File));
        json.WriteNumber("line", span.Line);
        json.WriteNumber("column", span.Column);
        json.WriteNumber("endLine", span.EndLine);
        json.WriteNumber("endColumn", span.EndColumn);
    }
}
