using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What <c>--report</c> writes after builds on real engines.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class ReportTests(string engine)
{
    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(TestEngines.Host(engine)).WriteGraph("base", "good", "bad", "late")
        .Write("base/Dockerfile", "FROM local/busybox\nRUN echo @ && sleep 1\nRUN dd if=/dev/zero of=/file bs=1000 count=500\n")
        .Write("good/Dockerfile", "FROM @-base\nCOPY . /c\nENV A=1\n").Write("good/a<b>&c", "12345")
        .Write("bad/Dockerfile", "FROM @-base\nRUN echo '<script>alert(1)</script>' && exit 7\n")
        .Write("late/Dockerfile", "FROM @-bad\n");

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task A_run_that_failed_is_told_with_steps_layers_and_the_reason()
    {
        var outcome = await _repository.RunAsync("build", "--report", "out/report.html", "--report", "out/report.json");
        var report = Json("out/report.json");
        var images = Images(report);

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(images.ToDictionary(image => image.Key, image => Text(image.Value, "outcome")), Is.EquivalentTo(new Dictionary<string, string> { ["base"] = "built", ["good"] = "built", ["bad"] = "failed", ["late"] = "blocked" }));
        Assert.That(report.GetProperty("succeeded").GetBoolean(), Is.False);
        Assert.That(report.GetProperty("diagnostics").EnumerateArray().Select(item => $"{Text(item, "code")} {item.GetProperty("line")}"), Is.EqualTo(new[] { "ORC3010 2" }));
        Assert.That(report.GetProperty("previous").ValueKind, Is.EqualTo(JsonValueKind.Null));

        var slow = images["base"].GetProperty("steps").EnumerateArray().Single(step => Text(step, "name").Contains("sleep 1", StringComparison.Ordinal));
        Assert.That((Text(slow, "state"), Seconds(slow, "seconds") >= 1), Is.EqualTo(("done", true)), $"{slow}");
        Assert.That(Seconds(slow, "startedSeconds"), Is.InRange(Seconds(images["base"], "startedSeconds"), Seconds(images["base"], "startedSeconds") + Seconds(images["base"], "seconds")), "by our clock, within its image");
        Assert.That(images["bad"].GetProperty("steps").EnumerateArray().Select(step => Text(step, "state")), Does.Contain("failed"));

        var layers = images["good"].GetProperty("layers").EnumerateArray().ToList();
        Assert.That(layers.Where(layer => layer.GetProperty("from").ValueKind == JsonValueKind.Null).Select(layer => layer.GetProperty("bytes").GetInt64() > 0), Is.EqualTo(new[] { true, false }), "what it copied, and what changed no files");
        Assert.That(layers.Where(layer => layer.GetProperty("from").ValueKind != JsonValueKind.Null).Select(layer => Text(layer, "from")).Distinct(), Is.EqualTo(new[] { _repository.Prefix + "-base" }));
        Assert.That(layers.Max(layer => layer.GetProperty("bytes").GetInt64()), Is.GreaterThan(500_000));

        var page = File.ReadAllText(Path.Join(_repository.Root, "out/report.html"));
        Assert.That(page, Does.Contain("error ORC3010").And.Contain("&lt;script&gt;alert(1)&lt;/script&gt;").And.Not.Contain("<script>alert"));
        Assert.That(Regex.Matches(page, "<h3>[^<]*-(?<name>[a-z]+)</h3>").Select(match => match.Groups["name"].Value), Is.EquivalentTo(images.Keys));
        Assert.That(Directory.EnumerateFiles(Path.Join(_repository.Root, "out")).Count(), Is.EqualTo(2), "nothing half-written stays");
    }

    [Test]
    public async Task A_run_is_compared_with_the_last_one_that_built_something()
    {
        _repository.Write("bad/Dockerfile", "FROM @-base\n");
        await _repository.RunAsync("build");
        await _repository.RunAsync("build");
        _repository.WriteGraph("base", "good", "bad", "more").Write("more/Dockerfile", "FROM @-base\n").Write("good/big", new string('x', 100_000));

        var outcome = await _repository.RunAsync("build", "--report", "r.json");
        var (images, previous) = (Images(Json("r.json")), Json("r.json").GetProperty("previous"));
        var compared = previous.GetProperty("images").EnumerateArray().ToDictionary(image => Short(Text(image, "image")));

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(images.ToDictionary(image => image.Key, image => Text(image.Value, "outcome")), Is.EquivalentTo(new Dictionary<string, string> { ["base"] = "up-to-date", ["good"] = "built", ["bad"] = "up-to-date", ["more"] = "built" }));
        Assert.That(Text(images["good"], "reason"), Does.Contain("`big`"));
        Assert.That(Seconds(compared["base"], "secondsBefore"), Is.GreaterThanOrEqualTo(1), "from the first build; the second did nothing");
        Assert.That(compared["base"].GetProperty("seconds").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(compared["good"].GetProperty("bytes").GetInt64() - compared["good"].GetProperty("bytesBefore").GetInt64(), Is.InRange(50, 250_000), "the containerd store counts what is compressed as well");
        Assert.That(previous.GetProperty("added").EnumerateArray().Select(name => Short(name.GetString()!)), Is.EqualTo(new[] { "more" }));
        Assert.That(previous.GetProperty("removed").EnumerateArray().Select(name => Short(name.GetString()!)), Is.EqualTo(new[] { "late" }));
    }

    [Test]
    public async Task A_run_in_which_nothing_changed_reads_and_writes_nothing_for_a_report_that_nobody_asked_for()
    {
        await _repository.RunAsync("build", _repository.Prefix + "-good");
        var remembered = Directory.EnumerateFiles(_repository.State, "last-build", SearchOption.AllDirectories).Single();
        File.WriteAllText(remembered, "as it is");

        var outcome = await _repository.RunAsync("build", _repository.Prefix + "-good");

        Assert.That(outcome.Text, Does.Contain("2 up-to-date"));
        Assert.That(File.ReadAllText(remembered), Is.EqualTo("as it is"));
    }

    [Test]
    public async Task A_graph_that_cannot_be_read_has_a_report_too()
    {
        _repository.Write("images.yml", "name: @\nimages: [\n");

        var outcome = await _repository.RunAsync("build", "--report", "r.html", "--report", "r.json");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(Json("r.json").GetProperty("diagnostics").GetArrayLength(), Is.EqualTo(1));
        Assert.That(File.ReadAllText(Path.Join(_repository.Root, "r.html")), Does.Contain("Nothing was built; the findings say why."));
    }

    [Test]
    public async Task Neither_events_nor_reports_hold_the_values_of_arguments_that_look_secret()
    {
        _repository.Write("images.yml", "name: @\nimages: { @-app: { context: app, args: { NPM_TOKEN: canary-1, A: shown, API_KEY: canary 2 } } }\n")
            .Write("app/Dockerfile", "FROM local/busybox\nARG NPM_TOKEN\nARG A\nARG API_KEY\nRUN echo @ \"$A\" \"${NPM_TOKEN}\" \"${API_KEY}\"\nENV THE_TOKEN=$NPM_TOKEN\n");

        var outcome = await _repository.RunAsync("build", "--progress", "json", "--report", "r.html", "--report", "r.json");
        var (page, json) = (File.ReadAllText(Path.Join(_repository.Root, "r.html")), File.ReadAllText(Path.Join(_repository.Root, "r.json")));

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Text + page + json, Does.Not.Contain("canary").And.Contain("NPM_TOKEN=***"));
        Assert.That(json, Does.Contain("A=shown"));
    }

    [Test]
    public async Task A_run_that_an_engine_s_refusal_ended_has_a_report_of_its_own()
    {
        _repository.Write("r.json", "of an earlier run");
        await using var broken = new ScriptedEngine(request => request.StartsWith("GET /info", StringComparison.Ordinal) ? (500, """{"message":"the store is broken"}""") : null, TestEngines.Host(engine));
        _repository.Variables["DOCKER_HOST"] = broken.Host;

        var outcome = await _repository.RunAsync("build", "--report", "r.json", "--report", "r.html");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text.Split("the store is broken"), Has.Length.EqualTo(2), outcome.ToString());
        Assert.That(Json("r.json").GetProperty("diagnostics").EnumerateArray().Select(item => Text(item, "code")), Is.EqualTo(new[] { "ORC0108" }));
        Assert.That(File.ReadAllText(Path.Join(_repository.Root, "r.html")), Does.Contain($"Failed: {_repository.Prefix}").And.Contain("Nothing was built; the findings say why."));
    }

    [Test]
    public async Task Without_an_engine_the_report_says_that_nothing_was_built()
    {
        _repository.Variables["DOCKER_HOST"] = "unix:///nowhere.sock";

        var outcome = await _repository.RunAsync("build", "--engine-missing", "warn", "--report", "r.html");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(File.ReadAllText(Path.Join(_repository.Root, "r.html")), Does.Contain($"<title>Nothing built: {_repository.Prefix}</title>").And.Contain("Nothing was built; the findings say why."));
    }

    [Test]
    public async Task A_file_that_cannot_be_written_is_one_diagnostic()
    {
        _repository.Write("taken", "");

        var outcome = await _repository.RunAsync("build", _repository.Prefix + "-good", "--report", "taken/r.html");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("2 built").And.Match("taken/r\\.html: error ORC3024: The report of the build cannot be written: "));
    }

    [Test]
    public async Task A_name_has_to_say_how_it_is_written()
    {
        var outcome = await _repository.RunAsync("build", "--report", "report.txt");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("--report 'report.txt' has to end in .html or .json").And.Not.Contain("built"));
    }

    [Test]
    public async Task A_trace_goes_where_OpenTelemetry_s_variables_say_and_holds_no_build_up()
    {
        await using var receiver = new TraceReceiver();
        _repository.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Endpoint;

        var sent = await _repository.RunAsync("build", _repository.Prefix + "-good");
        _repository.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1";
        var unsent = await _repository.RunAsync("build", _repository.Prefix + "-good");

        Assert.That((sent.ExitCode, sent.Text.Contains("warning", StringComparison.Ordinal)), Is.EqualTo((0, false)), sent.ToString());
        Assert.That(receiver.Spans.Select(span => Short(Text(span, "name"))), Does.Contain("good").And.Contain("base").And.Some.Contain("sleep 1").And.Some.StartsWith("build "));
        Assert.That((unsent.ExitCode, Regex.Count(unsent.Text, "warning ORC3025")), Is.EqualTo((0, 1)), unsent.ToString());
    }

    [Test]
    public async Task A_graph_is_drawn_without_an_engine()
    {
        _repository.Variables["DOCKER_HOST"] = "unix:///nowhere.sock";

        var outcome = await _repository.RunAsync("graph", "--svg");
        var svg = System.Xml.Linq.XElement.Parse(outcome.Text);

        Assert.That(svg.Descendants().Where(element => (string?)element.Attribute("class") == "label").Select(element => element.Value), Is.EquivalentTo(new[] { "base", "good", "bad", "late" }));
        Assert.That(svg.Descendants().Where(element => element.Name.LocalName == "desc").Select(element => element.Value), Is.EqualTo(new[] { "base stands first. good comes after base. bad comes after base. late comes after bad." }));
    }

    private JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllText(Path.Join(_repository.Root, file))).RootElement;

    private Dictionary<string, JsonElement> Images(JsonElement report) => report.GetProperty("images").EnumerateArray().ToDictionary(image => Short(Text(image, "image")));

    private string Short(string name) => name.Replace(_repository.Prefix + "-", "", StringComparison.Ordinal);

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    private static double Seconds(JsonElement item, string name) => item.GetProperty(name).GetDouble();
}
