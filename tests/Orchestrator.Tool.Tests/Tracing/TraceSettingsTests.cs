using Orchestrator.Tool.Tracing;

namespace Orchestrator.Tool.Tests.Tracing;

/// <summary>OpenTelemetry's variables.</summary>
internal sealed class TraceSettingsTests
{
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT=http://a:4318", "http://a:4318/v1/traces")]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT=http://a:4318/x/", "http://a:4318/x/v1/traces")]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT=http://a|OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://b/in", "http://b/in")]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT=http://a|OTEL_TRACES_EXPORTER=otlp|OTEL_SDK_DISABLED=false", "http://a/v1/traces")]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT=http://a|OTEL_SDK_DISABLED=TRUE", null)]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT=http://a|OTEL_TRACES_EXPORTER=none", null)]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT= ", null)]
    [TestCase("OTEL_SERVICE_NAME=x", null)]
    public void Nothing_is_sent_unless_an_endpoint_is_set(string variables, string? endpoint) => Assert.That(Of(variables)?.Endpoint, Is.EqualTo(endpoint));

    [TestCase("", 2)]
    [TestCase("OTEL_EXPORTER_OTLP_TIMEOUT=500", 0.5)]
    [TestCase("OTEL_EXPORTER_OTLP_TIMEOUT=500|OTEL_EXPORTER_OTLP_TRACES_TIMEOUT=700", 0.7)]
    [TestCase("OTEL_EXPORTER_OTLP_TIMEOUT=3600000", 10)]
    [TestCase("OTEL_EXPORTER_OTLP_TIMEOUT=soon", 2)]
    public void A_build_waits_a_short_time_at_most(string variables, double seconds) => Assert.That(Of("OTEL_EXPORTER_OTLP_ENDPOINT=http://a|" + variables)!.Patience, Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "0af7651916cd43dd8448eb211c80319c b7ad6b7169203331")]
    [TestCase("00-00000000000000000000000000000000-b7ad6b7169203331-01", null)]
    [TestCase("00-0af7651916cd43dd8448eb211c80319c-xyz-01", null)]
    [TestCase("", null)]
    public void A_build_is_a_part_of_the_trace_around_it(string parent, string? expected) =>
        Assert.That(Of("OTEL_EXPORTER_OTLP_ENDPOINT=http://a|TRACEPARENT=" + parent)!.Parent is var (trace, span) ? $"{trace} {span}" : null, Is.EqualTo(expected));

    [Test]
    public void Headers_and_attributes_are_lists_of_pairs()
    {
        var settings = Of("OTEL_EXPORTER_OTLP_ENDPOINT=http://a|OTEL_EXPORTER_OTLP_HEADERS=api-key=a%20b%3D, x = y=z ,broken,bad=a%0Ab|OTEL_RESOURCE_ATTRIBUTES=service.name=other,deployment=ci")!;

        Assert.That(settings.Headers, Is.EqualTo(new Dictionary<string, string> { ["api-key"] = "a b=", ["x"] = "y=z" }));
        Assert.That(settings.Resource, Is.EqualTo(new Dictionary<string, string> { ["deployment"] = "ci", ["service.name"] = "orchestrator" }));
    }

    private static TraceSettings? Of(string variables) =>
        TraceSettings.Of(variables.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));
}
