using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.Reports;
using Orchestrator.Tool.Drawing;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Pages;

/// <summary>
/// A report as one page of HTML that needs nothing else: no network, and no script to be read; its script sorts, filters and unfolds. A policy in the page
/// allows exactly that style and script and nothing else, so that even text that was not escaped could do nothing.
/// </summary>
internal static class ReportPage
{
    private static readonly (string Id, string Title)[] Sections =
        [("findings", "Findings"), ("images", "Images"), ("graph", "Graph"), ("path", "Longest chain"), ("timeline", "Timeline"), ("comparison", "Before and now"), ("details", "Each image")];

    public static string Of(RunReport report)
    {
        var page = new Markup();
        page.Raw("<!DOCTYPE html>\n").Open("html", ("lang", "en"));
        Head(page, report);
        page.Open("body").Element("a", "Skip to the report", ("class", "skip"), ("href", "#report")).Raw("\n");
        Header(page, report);
        page.Open("nav", ("aria-label", "Sections")).Open("ul");
        foreach (var (id, title) in Sections)
        {
            page.Open("li").Element("a", title, ("href", "#" + id)).Close();
        }

        page.Close().CloseLine().Open("main", ("id", "report"));
        FindingsSection.Write(Begin(page, "findings"), report);
        ImagesSection.Write(Begin(page.CloseLine(), "images"), report);
        GraphSection.Write(Begin(page.CloseLine(), "graph"), report);
        GraphSection.WritePath(Begin(page.CloseLine(), "path"), report);
        TimelineSection.Write(Begin(page.CloseLine(), "timeline"), report);
        ComparisonSection.Write(Begin(page.CloseLine(), "comparison"), report);
        DetailsSection.Write(Begin(page.CloseLine(), "details"), report);
        page.CloseLine().CloseLine().Open("script").Raw(Script).CloseLine().CloseLine().CloseLine();
        return page.ToString();
    }

    private static string Style => EmbeddedText.Read("graph.css") + EmbeddedText.Read("report.css");

    private static string Script => EmbeddedText.Read("report.js");

    private static Markup Begin(Markup page, string id) =>
        page.Open("section", ("id", id), ("aria-labelledby", id + "-heading")).Element("h2", Sections.First(section => section.Id == id).Title, ("id", id + "-heading")).Raw("\n");

    private static void Head(Markup page, RunReport report)
    {
        page.Open("head").Empty("meta", ("charset", "utf-8")).Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"))
            .Empty("meta", ("name", "color-scheme"), ("content", "light dark"))
            .Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; base-uri 'none'; form-action 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'"))
            .Element("title", $"{(!report.Succeeded ? "Failed" : report.IsPlanned ? "Built" : "Nothing built")}: {Title(report)}")
            .Open("style").Raw(Style).CloseLine().CloseLine();
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Title(RunReport report) => report.Graph.Length > 0 ? report.Graph : "a graph that could not be read";

    private static void Header(Markup page, RunReport report)
    {
        page.Open("header").Element("h1", "Build of " + Title(report));
        page.Open("p", ("class", "summary")).Element("span", Word(report), ("class", "state " + (!report.Succeeded ? "failed" : report.IsPlanned ? "built" : "idle"))).Text(" " + Summary(report)).CloseLine();
        page.Open("dl", ("class", "facts"));
        Fact(page, "Started", report.Started.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        Fact(page, "Took", Words.Time(report.Duration));
        Fact(page, "Longest chain", report.CriticalPath.Count == 0 ? "" : $"{Words.Time(Words.Sum(report, report.CriticalPath))} in {Words.Count(report.CriticalPath.Count, "image")}");
        var steps = report.Images.SelectMany(image => image.Steps).ToList();
        Fact(page, "Steps", steps.Count == 0 ? "" : $"{steps.Count(step => step.State == StepState.Cached)} of {steps.Count} from the cache");
        Fact(page, "Findings", report.Diagnostics.Count == 0 ? "none" : Words.Findings(report.Diagnostics));
        Fact(page, "Graph", report.File);
        page.CloseLine().CloseLine();
    }

    private static string Word(RunReport report) => report.IsCancelled ? "cancelled" : !report.Succeeded ? "failed" : report.IsPlanned ? "succeeded" : "not run";

    private static string Summary(RunReport report)
    {
        var outcomes = report.Images.GroupBy(image => image.Outcome).OrderBy(group => group.Key).Select(group => $"{group.Count()} {ResultText.Word(group.Key)}");
        return report.Images.Count == 0 ? "Nothing was built" + (report.Diagnostics.Count > 0 ? "; the findings say why." : ".") : $"{Words.Count(report.Images.Count, "image")}: {string.Join(", ", outcomes)}.";
    }

    private static void Fact(Markup page, string name, string value)
    {
        if (value.Length > 0)
        {
            page.Open("div").Element("dt", name).Element("dd", value).Close();
        }
    }
}
