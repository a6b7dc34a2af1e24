using Orchestrator.Diagnostics;
using Orchestrator.Reports;
using Orchestrator.Tool.Drawing;
using Orchestrator.Tool.Findings;

namespace Orchestrator.Tool.Pages;

/// <summary>What is wrong, errors first.</summary>
internal static class FindingsSection
{
    private const int Width = 120;

    public static void Write(Markup page, RunReport report)
    {
        if (report.Diagnostics.Count == 0)
        {
            page.Element("p", "There is nothing to report.");
            return;
        }

        page.Open("ol", ("class", "findings"));
        foreach (var diagnostic in report.Diagnostics.OrderByDescending(diagnostic => diagnostic.Severity))
        {
            var word = Words.Of(diagnostic.Severity);
            page.Open("li", ("class", word)).Open("p").Element("strong", $"{word} {diagnostic.Code}").Text(" " + diagnostic.Message.Split('\n')[0]).Close();
            if (diagnostic.Span.File.Length > 0)
            {
                page.Open("p", ("class", "place")).Element("code", diagnostic.Span.ToString()).Close();
            }

            // As on the console; tabindex, because a box that scrolls has to be reached without a mouse.
            if (DiagnosticText.Details(diagnostic, Width) is { Count: > 0 } lines)
            {
                page.Element("pre", string.Join('\n', lines), ("tabindex", "0"), ("role", "region"), ("aria-label", $"More about {diagnostic.Code}"));
            }

            Link(page, diagnostic);
            page.CloseLine();
        }

        page.CloseLine();
    }

    /// <summary>BuildKit names pages for its checks; what is no page of the web is shown and leads nowhere.</summary>
    private static void Link(Markup page, Diagnostic diagnostic)
    {
        if (diagnostic.HelpLink.StartsWith("https://", StringComparison.Ordinal))
        {
            page.Open("p").Element("a", diagnostic.HelpLink, ("href", diagnostic.HelpLink), ("rel", "noreferrer")).Close();
        }
    }
}
