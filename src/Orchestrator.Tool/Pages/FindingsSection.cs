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
            page.Open("li", ("class", word)).Open("p").Element("strong", $"{word} {diagnostic.Code}").Text(" ");
            Words.Prose(page, diagnostic.Message.Split('\n')[0]);
            page.Close();
            if (diagnostic.Span.File.Length > 0)
            {
                page.Open("p", ("class", "place")).Element("code", diagnostic.Span.ToString()).Close();
            }

            // As on the console; tabindex, because a box that scrolls has to be reached without a mouse.
            var lines = DiagnosticText.Details(diagnostic, Width).SkipLast(IsPage(diagnostic) ? 1 : 0).ToList();
            if (lines.Count > 0)
            {
                page.Element("pre", string.Join('\n', lines), ("tabindex", "0"), ("role", "group"), ("aria-label", $"More about {diagnostic.Code}"));
            }

            if (IsPage(diagnostic))
            {
                page.Open("p").Text("Read ").Element("a", diagnostic.HelpLink, ("href", diagnostic.HelpLink), ("rel", "noreferrer")).Close();
            }

            page.CloseLine();
        }

        page.CloseLine();
    }

    /// <summary>What to do is on a page of the web; what only looks like one is shown and leads nowhere.</summary>
    private static bool IsPage(Diagnostic diagnostic) => diagnostic.Severity != Severity.Message && diagnostic.HelpLink.StartsWith("https://", StringComparison.Ordinal);
}
