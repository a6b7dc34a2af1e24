using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Orchestrator.Testing;

/// <summary>Results in the form of Visual Studio's tests (TRX), as its loggers write it and build agents read it. A class is an image, a method one of its tests.</summary>
/// <param name="machine">Where the tests were run.</param>
internal sealed class TrxReport(string machine)
{
    private const string UnitTestType = "13cdc9d9-ddb5-4fa4-a97d-d965ccfc6d4b";
    private const string NotInList = "8c84fa94-04c1-424b-9868-57a2d4851a1d";
    private const string AllResults = "19431567-8539-422a-85d7-44ee4e166bda";
    private const string Adapter = "executor://orchestrator/images";
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <param name="graph">The graph's name.</param>
    /// <param name="file">The graph's file, which the tests are from.</param>
    /// <param name="results">In the order of the file.</param>
    /// <param name="started">When the run began.</param>
    /// <param name="ended">When the run was over.</param>
    public XDocument Of(string graph, string file, IReadOnlyList<TestResult> results, DateTimeOffset started, DateTimeOffset ended)
    {
        var tests = Identified(results);
        return new XDocument(new XElement(
            Trx + "TestRun",
            new XAttribute("id", Guid.NewGuid()),
            new XAttribute("name", graph),
            new XElement(Trx + "Times", Time("creation", started), Time("queuing", started), Time("start", started), Time("finish", ended)),
            new XElement(Trx + "TestSettings", new XAttribute("name", "default"), new XAttribute("id", Id("settings\n" + graph)), new XElement(Trx + "Deployment", new XAttribute("runDeploymentRoot", graph))),
            new XElement(Trx + "Results", tests.Select(Result)),
            new XElement(Trx + "TestDefinitions", tests.Select(test => Definition(test, file))),
            new XElement(Trx + "TestEntries", tests.Select(test => new XElement(Trx + "TestEntry", new XAttribute("testId", test.Id), new XAttribute("executionId", test.Execution), new XAttribute("testListId", NotInList)))),
            new XElement(Trx + "TestLists", List("Results Not in a List", NotInList), List("All Loaded Results", AllResults)),
            Summary(results)));
    }

    /// <summary>Tests of one image and one name are told apart by their order.</summary>
    private static List<TrxTest> Identified(IReadOnlyList<TestResult> results)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var tests = new List<TrxTest>();
        foreach (var result in results)
        {
            var name = $"{result.Image.Name}\n{result.Test.Name}";
            seen[name] = seen.GetValueOrDefault(name) + 1;
            tests.Add(new TrxTest(result, Id($"{name}\n{seen[name]}"), Guid.NewGuid().ToString()));
        }

        return tests;
    }

    private XElement Result(TrxTest test)
    {
        var result = test.Result;
        return new XElement(
            Trx + "UnitTestResult",
            new XAttribute("executionId", test.Execution),
            new XAttribute("testId", test.Id),
            new XAttribute("testName", ReportFile.Text($"{result.ImageName}: {result.Test.Name}")),
            new XAttribute("computerName", machine),
            new XAttribute("duration", result.Duration.ToString("c", CultureInfo.InvariantCulture)),
            Time("startTime", result.Started),
            Time("endTime", result.Outcome == TestOutcome.Remembered ? result.Started : result.Started + result.Duration),
            new XAttribute("testType", UnitTestType),
            new XAttribute("outcome", result.Outcome == TestOutcome.Failed ? "Failed" : "Passed"),
            new XAttribute("testListId", NotInList),
            new XAttribute("relativeResultsDirectory", test.Execution),
            Output(result));
    }

    private static XElement? Output(TestResult result)
    {
        XElement?[] parts =
        [
            result.Outcome == TestOutcome.Remembered ? new XElement(Trx + "StdOut", "Passed before by this build of the image; not run again.") : Stream("StdOut", result.StandardOutput),
            Stream("StdErr", result.StandardError),
            result.Failure is { } failure ? new XElement(Trx + "ErrorInfo", new XElement(Trx + "Message", ReportFile.Text(failure.Message)), new XElement(Trx + "StackTrace", ReportFile.Text($"at {result.ImageName} in {failure.Span.File}:line {failure.Span.Line}"))) : null,
        ];
        return parts.Any(part => part is not null) ? new XElement(Trx + "Output", parts) : null;
    }

    private static XElement? Stream(string name, string text) => text.Length == 0 ? null : new XElement(Trx + name, ReportFile.Text(text));

    private static XElement Definition(TrxTest test, string file) => new(
        Trx + "UnitTest",
        new XAttribute("name", ReportFile.Text($"{test.Result.ImageName}: {test.Result.Test.Name}")),
        new XAttribute("storage", file),
        new XAttribute("id", test.Id),
        new XElement(Trx + "Execution", new XAttribute("id", test.Execution)),
        new XElement(Trx + "TestMethod", new XAttribute("codeBase", file), new XAttribute("adapterTypeName", Adapter), new XAttribute("className", test.Result.ImageName), new XAttribute("name", ReportFile.Text(test.Result.Test.Name))));

    private static XElement Summary(IReadOnlyList<TestResult> results)
    {
        var failed = results.Count(result => result.Outcome == TestOutcome.Failed);
        (string Name, int Count)[] counters =
        [
            ("total", results.Count), ("executed", results.Count), ("passed", results.Count - failed), ("failed", failed), ("error", 0), ("timeout", 0), ("aborted", 0), ("inconclusive", 0),
            ("passedButRunAborted", 0), ("notRunnable", 0), ("notExecuted", 0), ("disconnected", 0), ("warning", 0), ("completed", 0), ("inProgress", 0), ("pending", 0),
        ];
        return new XElement(
            Trx + "ResultSummary",
            new XAttribute("outcome", failed > 0 ? "Failed" : "Completed"),
            new XElement(Trx + "Counters", counters.Select(counter => new XAttribute(counter.Name, counter.Count))));
    }

    private static XElement List(string name, string id) => new(Trx + "TestList", new XAttribute("name", name), new XAttribute("id", id));

    private static XAttribute Time(string name, DateTimeOffset time) => new(name, time.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>The same in each run, so that a test has a history.</summary>
    private static string Id(string text) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToString();
}
