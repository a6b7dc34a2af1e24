using System.Diagnostics;
using System.Text.Json;
using Orchestrator.Diagnostics;
using Orchestrator.Testing;
using Orchestrator.Tool.Tests.Pages;
using Orchestrator.Tool.Tracing;

namespace Orchestrator.Tool.Tests.Tracing;

/// <summary>Traces over real connections, to collectors of every temper.</summary>
internal sealed class TraceExportTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = "b7ad6b7169203331";

    [Test]
    public async Task Build_images_and_steps_are_spans_within_each_other()
    {
        await using var receiver = new TraceReceiver();
        var report = SampleReport.Of(14);

        var told = await SendAsync(receiver.Endpoint, 14);
        var spans = receiver.Spans;
        var build = spans.Single(span => Text(span, "name") == "build shop");
        var image = spans.Single(span => Text(span, "name") == "shop/image-0");
        var steps = spans.Where(span => Text(span, "parentSpanId") == Text(image, "spanId")).ToList();

        Assert.That(told, Is.Empty);
        Assert.That(receiver.Heads.Single(), Does.StartWith("POST /v1/traces HTTP/1.1\r\n").And.Contain("Content-Type: application/json\r\n").And.Contain("api-key: 1\r\n"));
        Assert.That(spans, Has.Count.EqualTo(1 + report.Images.Count + report.Images.Sum(item => item.Steps.Count)));
        Assert.That(spans.Select(span => Text(span, "traceId")), Is.All.EqualTo(Trace));
        Assert.That(spans.Select(span => Text(span, "spanId")), Is.Unique.And.All.Match("^[0-9a-f]{16}$"));
        Assert.That((Text(build, "parentSpanId"), Text(image, "parentSpanId")), Is.EqualTo((Parent, Text(build, "spanId"))));
        Assert.That((Text(build, "startTimeUnixNano"), Text(build, "endTimeUnixNano"), build.GetProperty("status").GetProperty("code").GetInt32()), Is.EqualTo(("1795248000000000000", "1795248100000000000", 2)));
        Assert.That(steps.Select(step => (Text(step, "name"), step.TryGetProperty("status", out var status) ? Text(status, "message") : null)), Is.EqualTo(new[] { ("[1/4] RUN make", null), ("[2/4] RUN make", null), ("[3/4] RUN make", "exit code: 3"), ("[4/4] RUN make", (string?)null) }));
        Assert.That(Attributes(image), Does.Contain("orchestrator.outcome=built").And.Contain("orchestrator.bytes=1000000").And.Contain("orchestrator.reason=`main0.sh` changed"));
        Assert.That(Attributes(steps[0]), Is.EqualTo(new[] { "orchestrator.cached=True" }));
        Assert.That(spans.Single(span => Text(span, "name") == "shop/image-1").GetProperty("links").EnumerateArray().Select(link => Text(link, "spanId")), Is.EqualTo(new[] { Text(image, "spanId") }));
        Assert.That(receiver.Bodies.Single().GetProperty("resourceSpans")[0].GetProperty("resource").ToString(), Is.EqualTo("""{"attributes":[{"key":"service.name","value":{"stringValue":"orchestrator"}}]}"""));
    }

    [Test]
    public async Task Many_spans_go_in_several_requests()
    {
        await using var receiver = new TraceReceiver();

        await SendAsync(receiver.Endpoint, 300);

        Assert.That(receiver.Spans, Has.Count.GreaterThan(600));
        Assert.That(receiver.Bodies.Select(body => body.GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("spans").GetArrayLength()), Is.All.LessThanOrEqualTo(512));
    }

    [Test]
    public async Task A_refusal_is_one_warning()
    {
        await using var receiver = new TraceReceiver("503 Service Unavailable");

        Assert.That(await SendAsync(receiver.Endpoint, 300), Is.EqualTo(new[] { $"warning ORC3025: The trace of the build could not be sent to '{receiver.Endpoint}/v1/traces': it answered 503 Service Unavailable." }));
    }

    [Test]
    public async Task Silence_is_waited_for_no_longer_than_allowed()
    {
        await using var receiver = new TraceReceiver(answer: null);
        var started = Stopwatch.GetTimestamp();

        var told = await SendAsync(receiver.Endpoint, 6, ("OTEL_EXPORTER_OTLP_TIMEOUT", "300"));

        Assert.That(told.Single(), Does.EndWith("it did not answer within 0.3 s."));
        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [TestCase("http://127.0.0.1:1", "could not be sent to 'http://127.0.0.1:1/v1/traces': Connection refused")]
    [TestCase("collector:4318", "could not be sent to 'collector:4318/v1/traces': it is no address that begins with http")]
    [TestCase("ftp://me:secret@collector", "could not be sent to 'collector/v1/traces': it is no address that begins with http")]
    public async Task An_endpoint_that_is_none_is_one_warning(string endpoint, string expected) => Assert.That((await SendAsync(endpoint, 6)).Single(), Does.Contain(expected));

    [Test]
    public async Task What_is_asked_for_over_gRPC_is_not_sent() => Assert.That((await SendAsync("http://127.0.0.1:1", 6, ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"))).Single(), Does.Contain("traces are sent over HTTP"));

    private static async Task<IReadOnlyList<string>> SendAsync(string endpoint, int images, params (string Name, string Value)[] variables)
    {
        var all = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint, ["OTEL_EXPORTER_OTLP_HEADERS"] = "api-key=1", ["TRACEPARENT"] = $"00-{Trace}-{Parent}-01" };
        foreach (var (name, value) in variables)
        {
            all[name] = value;
        }

        var diagnostics = new DiagnosticBag();
        await TraceExport.SendAsync(SampleReport.Of(images), TraceSettings.Of(all)!, diagnostics, CancellationToken.None);
        return [.. diagnostics.Items.Select(item => item.ToString())];
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    private static IEnumerable<string> Attributes(JsonElement span) =>
        span.GetProperty("attributes").EnumerateArray().Select(attribute => $"{Text(attribute, "key")}={attribute.GetProperty("value").EnumerateObject().Single().Value}");
}
