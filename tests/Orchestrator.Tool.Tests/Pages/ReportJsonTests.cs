using System.Text.Json;
using Orchestrator.Tool.Pages;

namespace Orchestrator.Tool.Tests.Pages;

/// <summary>The report for programs: nuget/docs/progress.md says what stands in it.</summary>
internal sealed class ReportJsonTests
{
    private static readonly JsonElement Report = Parse("");

    [Test]
    public void Its_fields_are_those_that_the_page_documents()
    {
        Assert.That(Names(Report), Is.EqualTo("version graph file started seconds plannedSeconds succeeded images criticalPath pulls diagnostics previous"));
        Assert.That(Names(Report.GetProperty("images")[0]), Is.EqualTo("image tags wave bases after externals action outcome reason key imageId bytes startedSeconds seconds retries steps layers"));
        Assert.That(Names(Report.GetProperty("images")[0].GetProperty("steps")[0]), Is.EqualTo("name state startedSeconds endedSeconds seconds error"));
        Assert.That(Names(Report.GetProperty("images")[0].GetProperty("layers")[0]), Is.EqualTo("createdBy bytes from"));
        Assert.That(Names(Report.GetProperty("pulls")[0]), Is.EqualTo("reference startedSeconds seconds"));
        Assert.That(Names(Report.GetProperty("diagnostics")[0]), Is.EqualTo("severity code message help link file line column endLine endColumn"));
        Assert.That(Names(Report.GetProperty("previous")), Is.EqualTo("started seconds images added removed"));
        Assert.That(Names(Report.GetProperty("previous").GetProperty("images")[0]), Is.EqualTo("image secondsBefore seconds bytesBefore bytes"));
    }

    [Test]
    public void It_says_what_the_page_says()
    {
        Assert.That((Report.GetProperty("version").GetInt32(), Report.GetProperty("succeeded").GetBoolean(), Report.GetProperty("seconds").GetDouble()), Is.EqualTo((1, false, 100.0)));
        Assert.That(Report.GetProperty("images")[0].GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("state").GetString()), Is.EqualTo(new[] { "cached", "done", "failed", "stopped" }));
        Assert.That(Report.GetProperty("images")[1].GetProperty("layers")[0].GetProperty("from").GetString(), Is.EqualTo("image-0"));
        Assert.That(Report.GetProperty("previous").GetProperty("removed")[0].GetString(), Is.EqualTo("gone"));
    }

    [Test]
    public void Any_text_comes_back_as_it_was() => Assert.That(Parse(SampleReport.Hostile).GetProperty("images")[3].GetProperty("tags")[0].GetString(), Is.EqualTo("shop/image-3" + SampleReport.Hostile));

    private static string Names(JsonElement item) => string.Join(' ', item.EnumerateObject().Select(member => member.Name));

    private static JsonElement Parse(string suffix) => JsonDocument.Parse(ReportJson.Of(SampleReport.Of(14, suffix))).RootElement;
}
