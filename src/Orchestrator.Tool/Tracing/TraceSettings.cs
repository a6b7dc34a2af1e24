using System.Globalization;

namespace Orchestrator.Tool.Tracing;

/// <summary>
/// Where traces of builds go, as the environment says it in OpenTelemetry's own variables
/// (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). They go over HTTP as JSON; nothing goes anywhere unless an endpoint is set.
/// </summary>
/// <param name="Endpoint">As it was set, with the path of traces where that was left to us.</param>
/// <param name="Protocol">As it was set; empty when it was not.</param>
/// <param name="Headers">For each request.</param>
/// <param name="Patience">How long a build may be held up by this, at most.</param>
/// <param name="Resource">Who sends it.</param>
/// <param name="Parent">The trace and span that the build is a part of (<c>TRACEPARENT</c>); null: it begins one.</param>
internal sealed record TraceSettings(
    string Endpoint, string Protocol, IReadOnlyList<KeyValuePair<string, string>> Headers, TimeSpan Patience, IReadOnlyList<KeyValuePair<string, string>> Resource, (string Trace, string Span)? Parent)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";
    private const int UsualMilliseconds = 2000;
    private const int MostMilliseconds = 10_000;
    private const int TraceLength = 32;
    private const int SpanLength = 16;

    /// <returns>Null when no trace is wanted.</returns>
    public static TraceSettings? Of(IReadOnlyDictionary<string, string> variables)
    {
        string Value(string name) => variables.GetValueOrDefault(name)?.Trim() ?? "";
        string Option(string name) => Value(Prefix + "TRACES_" + name) is { Length: > 0 } own ? own : Value(Prefix + name);
        var endpoint = Value(Prefix + "TRACES_ENDPOINT") is { Length: > 0 } own ? own : Value(Prefix + "ENDPOINT") is { Length: > 0 } common ? common.TrimEnd('/') + "/v1/traces" : "";
        if (endpoint.Length == 0 || Value("OTEL_SDK_DISABLED").Equals("true", StringComparison.OrdinalIgnoreCase) || Value("OTEL_TRACES_EXPORTER") is not ("" or "otlp"))
        {
            return null;
        }

        var patience = int.TryParse(Option("TIMEOUT"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? Math.Clamp(milliseconds, 1, MostMilliseconds) : UsualMilliseconds;
        var service = Value("OTEL_SERVICE_NAME") is { Length: > 0 } name ? name : "orchestrator";
        return new TraceSettings(
            endpoint, Option("PROTOCOL"), Pairs(Option("HEADERS")), TimeSpan.FromMilliseconds(patience),
            [.. Pairs(Value("OTEL_RESOURCE_ATTRIBUTES")).Where(pair => pair.Key != "service.name"), new("service.name", service)], ParentOf(Value("TRACEPARENT")));
    }

    /// <summary><c>name=value,name=value</c>, values as in URLs; what is something else is left out.</summary>
    private static List<KeyValuePair<string, string>> Pairs(string text) =>
    [
        .. text.Split(',').Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2 && pair[0].Trim().Length > 0)
            .Select(pair => KeyValuePair.Create(pair[0].Trim(), Uri.UnescapeDataString(pair[1].Trim()))).Where(pair => !pair.Value.Any(char.IsControl)),
    ];

    /// <summary>https://www.w3.org/TR/trace-context/#traceparent-header</summary>
    private static (string Trace, string Span)? ParentOf(string text) =>
        text.Split('-') is [{ Length: 2 }, { Length: TraceLength } trace, { Length: SpanLength } span, ..] && IsId(trace) && IsId(span) ? (trace, span) : null;

    private static bool IsId(string text) => text.All(char.IsAsciiHexDigitLower) && text.Any(digit => digit != '0');
}
