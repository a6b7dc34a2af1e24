using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Orchestrator.Reports;
using Orchestrator.Tool.Pages;

namespace Orchestrator.Tool.Tests.Pages;

/// <summary>The page of a report, read as a browser, a person without a mouse or a screen, and somebody who writes hostile Dockerfiles would.</summary>
internal sealed partial class ReportPageTests
{
    private static IEnumerable<TestCaseData> Reports =>
    [
        new TestCaseData(SampleReport.Of(6)).SetArgDisplayNames("6 images"), new TestCaseData(SampleReport.Of(300)).SetArgDisplayNames("300 images"),
        new TestCaseData(SampleReport.Of(14, SampleReport.Hostile)).SetArgDisplayNames("hostile"), new TestCaseData(SampleReport.Of(0)).SetArgDisplayNames("no image"),
    ];

    [TestCaseSource(nameof(Reports))]
    public void It_loads_nothing_and_runs_nothing_but_its_own_script(RunReport report)
    {
        var text = ReportPage.Of(report);
        var page = Parse(text);

        Assert.That(page.Descendants().Select(element => element.Name.LocalName), Has.None.AnyOf("img", "link", "iframe", "object", "embed", "form", "base", "use", "image", "video", "audio"));
        Assert.That(page.Descendants().Attributes().Select(attribute => attribute.Name.LocalName), Has.None.AnyOf("src", "srcset", "style", "action").And.None.StartsWith("on"));
        Assert.That(page.Descendants("script").Count(), Is.EqualTo(1));
        Assert.That(page.Descendants().Attributes("href").Select(attribute => attribute.Value), Is.All.StartsWith("#").Or.StartsWith("https://docs.docker.com/"));
        Assert.That(EmbeddedStyle(text) + EmbeddedScript(text), Does.Not.Contain("//d").And.Not.Contain("url(").And.Not.Contain("@import").And.Not.Contain("fetch").And.Not.Contain("innerHTML"));
        var policy = page.Descendants("meta").Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!.Value;
        Assert.That(policy, Does.StartWith("default-src 'none';").And.Contain($"style-src '{Hash(EmbeddedStyle(text))}'").And.Contain($"script-src '{Hash(EmbeddedScript(text))}'"));
    }

    [TestCaseSource(nameof(Reports))]
    public void It_can_be_read_without_a_screen_and_without_a_mouse(RunReport report)
    {
        var page = Parse(ReportPage.Of(report));
        var ids = page.Descendants().Attributes("id").Select(attribute => attribute.Value).ToList();

        Assert.That((string?)page.Attribute("lang"), Is.EqualTo("en"));
        Assert.That(page.Descendants("title").First().Value, Does.StartWith(report.Succeeded ? "Built: shop" : "Failed: shop"));
        Assert.That(page.Descendants("h1").Count() + page.Descendants("main").Count() + page.Descendants("header").Count() + page.Descendants("nav").Count(), Is.EqualTo(4));
        Assert.That(page.Descendants().Where(element => Heading().IsMatch(element.Name.LocalName)).Select(element => element.Name.LocalName[1] - '0').Aggregate((before, level) => level <= before + 1 ? level : 9), Is.LessThan(9), "no level is left out");
        Assert.That(ids, Is.Unique);
        Assert.That(page.Descendants().Attributes("href").Select(attribute => attribute.Value).Where(value => value.StartsWith('#')).Select(value => value[1..]).Except(ids), Is.Empty);
        Assert.That(page.Descendants().Attributes("aria-labelledby").SelectMany(attribute => attribute.Value.Split(' ')).Except(ids), Is.Empty);
        Assert.That(page.Descendants("table").Where(table => table.Element("caption") is null), Is.Empty);
        Assert.That(page.Descendants("th").Where(head => (string?)head.Attribute("scope") is not ("row" or "col")), Is.Empty);
        Assert.That(page.Descendants("table").SelectMany(table => table.Descendants("tr").Where(row => row.Elements().Count() != table.Descendants("tr").First().Elements().Count())), Is.Empty);
        Assert.That(page.Descendants().Where(element => (string?)element.Attribute("tabindex") == "0" && element.Attribute("aria-label") is null), Is.Empty);
    }

    [TestCase(false, "Nothing built: shop", "not run", "Nothing was built.")]
    [TestCase(true, "Failed: shop", "cancelled", "Nothing was built.")]
    public void Of_a_run_without_a_plan_it_says_that_nothing_was_built(bool isCancelled, string title, string word, string summary)
    {
        var page = Parse(ReportPage.Of(SampleReport.Of(0) with { PlannedAfter = null, Diagnostics = [], IsCancelled = isCancelled }));

        Assert.That(page.Descendants("title").First().Value, Is.EqualTo(title));
        Assert.That(page.Descendants("p").First(element => (string?)element.Attribute("class") == "summary").Value.Trim(), Is.EqualTo($"{word} {summary}"));
    }

    /// <summary>What is hostile is there as text, and only as text.</summary>
    [Test]
    public void What_a_name_or_a_log_says_is_text()
    {
        var page = Parse(ReportPage.Of(SampleReport.Of(14, SampleReport.Hostile)));
        var shown = SampleReport.Hostile.Replace("\u202E", "\uFFFD", StringComparison.Ordinal);

        Assert.That(page.Descendants("h1").Single().Value, Is.EqualTo("Build of shop" + shown));
        Assert.That(page.Descendants("h3").Select(heading => heading.Value), Has.Some.EqualTo("shop/image-3" + shown));
        Assert.That(page.Descendants("pre").Select(lines => lines.Value), Has.Some.Contain("the last words" + shown));
        Assert.That(page.Descendants("tr").Elements("th").Select(head => head.Value), Has.Some.EqualTo("[1/4] RUN make" + shown).And.Some.EqualTo($"[3/4] RUN make{shown}: exit code: 3{shown}"));
        Assert.That(page.Descendants("code").Select(code => code.Value), Has.Some.EqualTo("main0.sh" + shown));
    }

    [Test]
    public void Every_image_tells_what_happened_in_words_when_and_why()
    {
        var report = SampleReport.Of(14);
        var page = Parse(ReportPage.Of(report));
        var rows = Table(page, "What happened to each image, and why");

        Assert.That(rows.Select(row => row.Take(3)), Is.EqualTo(report.Images.Select(image => new[] { image.DisplayName, Tool.Reporters.ResultText.Word(image.Outcome), image.Reason.Replace("`", "", StringComparison.Ordinal) })));
        Assert.That(rows[0][3..], Is.EqualTo(new[] { "1.0 s", "1.0 MB", "1 of 4", "1", "alpine:3.20 (external)" }));
        Assert.That(Table(page, "What was done when, after the start").Take(3).Select(row => string.Join('|', row)), Is.EqualTo(new[] { "plan|planned|0.0 s|1.5 s|", "alpine:3.20|fetched|0.5 s|0.8 s|", "shop/image-0|built|2.0 s|1.0 s|" }));
        Assert.That(Table(page, "Steps of shop/image-0").Select(row => row[1]), Is.EqualTo(new[] { "cached", "done", "failed", "stopped" }));
        Assert.That(Table(page, "Layers of shop/image-1, from the lowest").Select(row => string.Join('|', row)), Is.EqualTo(new[] { "from shop/image-0: 1 layer|900.0 kB", "RUN make|100.0 kB" }));
        Assert.That(page.Descendants("ol").Single(list => (string?)list.Attribute("class") == "path").Elements("li").Select(item => item.Element("a")!.Value), Is.EqualTo(report.CriticalPath.Select(name => "shop/" + name)));
    }

    [Test]
    public void It_says_what_is_new_what_is_gone_and_what_grew()
    {
        var page = Parse(ReportPage.Of(SampleReport.Of(14)));
        var section = page.Descendants("section").Single(section => (string?)section.Attribute("id") == "comparison");

        Assert.That(section.Value, Does.Contain("of 2026-11-20 08:00 UTC, took 1:30 min; this one 1:40 min.").And.Contain("New: shop/image-0.").And.Contain("No longer in the graph: gone."));
        Assert.That(Table(page, "Time and size of each image, before and now").Select(row => string.Join('|', row)), Has.Some.EqualTo("shop/image-7|1.0 s|3.0 s|+2.0 s|1.0 MB|1.1 MB|+70.0 kB"));
    }

    [Test]
    public void Errors_come_first_and_only_pages_of_the_web_are_links()
    {
        var findings = Parse(ReportPage.Of(SampleReport.Of(6))).Descendants("ol").First().Elements("li").ToList();

        Assert.That(findings.Select(finding => finding.Descendants("strong").Single().Value), Is.EqualTo(new[] { "error ORC3010", "warning FromAsCasing", "warning ORC3011" }));
        Assert.That(findings.Select(finding => finding.Descendants("a").Count()), Is.EqualTo(new[] { 0, 1, 0 }));
    }

    /// <summary>As XML, which the page is but for its style and script.</summary>
    private static XElement Parse(string page) => XElement.Parse(Code().Replace(page[page.IndexOf('\n', StringComparison.Ordinal)..], "<$1></$1>"));

    private static string EmbeddedStyle(string page) => Code().Matches(page).Single(match => match.Groups[1].Value == "style").Groups[2].Value;

    private static string EmbeddedScript(string page) => Code().Matches(page).Single(match => match.Groups[1].Value == "script").Groups[2].Value;

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static List<string[]> Table(XElement page, string caption) =>
        [.. page.Descendants("table").Single(table => table.Element("caption")!.Value == caption).Element("tbody")!.Elements("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];

    [GeneratedRegex("<(style|script)>(.*?)</\\1>", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^h[1-6]$")]
    private static partial Regex Heading();
}
