using System.Globalization;
using System.Xml.Linq;

namespace Orchestrator.Testing;

/// <summary>Results in the form that JUnit's Ant task once wrote, as GitLab, Jenkins and Azure read it: a suite for each image.</summary>
internal static class JUnitReport
{
    public static XDocument Of(string graph, IReadOnlyList<TestResult> results) => new(new XElement(
        "testsuites",
        [new XAttribute("name", graph), .. Counts(results), .. results.GroupBy(result => result.Image.Name, StringComparer.Ordinal).Select(image => Suite([.. image]))]));

    private static XElement Suite(IReadOnlyList<TestResult> results) => new(
        "testsuite",
        [
            new XAttribute("name", results[0].ImageName),
            new XAttribute("timestamp", results.Min(result => result.Started).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
            .. Counts(results),
            .. results.Select(Case),
        ]);

    private static XElement Case(TestResult result) => new(
        "testcase",
        new XAttribute("classname", result.ImageName),
        new XAttribute("name", ReportFile.Text(result.Test.Name)),
        new XAttribute("file", result.Test.Span.File),
        new XAttribute("line", result.Test.Span.Line),
        Time(result.Duration),
        result.Failure is { } failure ? new XElement("failure", new XAttribute("type", failure.Code), new XAttribute("message", ReportFile.Text(string.Join("; ", result.Findings))), ReportFile.Text($"{failure}")) : null,
        result.StandardOutput.Length == 0 ? null : new XElement("system-out", ReportFile.Text(result.StandardOutput)),
        result.StandardError.Length == 0 ? null : new XElement("system-err", ReportFile.Text(result.StandardError)));

    private static IEnumerable<XAttribute> Counts(IReadOnlyList<TestResult> results) =>
    [
        new XAttribute("tests", results.Count),
        new XAttribute("failures", results.Count(result => result.Outcome == TestOutcome.Failed)),
        new XAttribute("errors", 0),
        new XAttribute("skipped", 0),
        Time(results.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Duration)),
    ];

    private static XAttribute Time(TimeSpan duration) => new("time", duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
}
