using System.Globalization;
using System.Text.Json;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Tracing;

/// <summary>
/// Spans in OTLP's JSON form (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding): IDs in hexadecimal, large numbers as texts,
/// enumerations as numbers.
/// </summary>
internal static class TraceJson
{
    private const int Internal = 1;
    private const int Failed = 2;

    public static byte[] Of(IReadOnlyList<Span> spans, string trace, IReadOnlyList<KeyValuePair<string, string>> resource)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            JsonText.WriteObjects(json, "resourceSpans", [spans], all =>
            {
                json.WriteStartObject("resource");
                Attributes(json, resource.Select(pair => (pair.Key, (object?)pair.Value)));
                json.WriteEndObject();
                JsonText.WriteObjects(json, "scopeSpans", [all], scope =>
                {
                    json.WriteStartObject("scope");
                    json.WriteString("name", "orchestrator");
                    json.WriteEndObject();
                    JsonText.WriteObjects(json, "spans", scope, span => Write(json, span, trace));
                });
            });
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Span span, string trace)
    {
        json.WriteString("traceId", trace);
        json.WriteString("spanId", span.Id);
        json.WriteString("parentSpanId", span.Parent);
        json.WriteString("name", span.Name);
        json.WriteNumber("kind", Internal);
        json.WriteString("startTimeUnixNano", Nanoseconds(span.Started));
        json.WriteString("endTimeUnixNano", Nanoseconds(span.Started + span.Duration));
        Attributes(json, span.Attributes);
        JsonText.WriteObjects(json, "links", span.Links, link =>
        {
            json.WriteString("traceId", trace);
            json.WriteString("spanId", link);
        });
        if (span.Failure is { } failure)
        {
            json.WriteStartObject("status");
            json.WriteNumber("code", Failed);
            json.WriteString("message", failure);
            json.WriteEndObject();
        }
    }

    private static void Attributes(Utf8JsonWriter json, IEnumerable<(string Name, object? Value)> attributes) =>
        JsonText.WriteObjects(json, "attributes", attributes.Where(attribute => attribute.Value is not null), attribute =>
        {
            json.WriteString("key", attribute.Name);
            json.WriteStartObject("value");
            switch (attribute.Value)
            {
                case long number:
                    json.WriteString("intValue", number.ToString(CultureInfo.InvariantCulture));
                    break;
                case bool truth:
                    json.WriteBoolean("boolValue", truth);
                    break;
                default:
                    json.WriteString("stringValue", (string)attribute.Value!);
                    break;
            }

            json.WriteEndObject();
        });

    private static string Nanoseconds(DateTimeOffset time) => ((time - DateTimeOffset.UnixEpoch).Ticks * 100).ToString(CultureInfo.InvariantCulture);
}
