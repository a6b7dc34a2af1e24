using System.Text;
using System.Text.Json;

namespace Orchestrator.Tool.Reporters;

/// <summary>What the JSON texts of commands have in common: indented, an object that begins with the version of its form.</summary>
internal static class JsonText
{
    private const int Version = 1;

    /// <summary>An object of its own, that ends with a line break.</summary>
    /// <param name="graph">Stands after the version.</param>
    /// <param name="write">Writes the other properties.</param>
    public static string Of(string graph, Action<Utf8JsonWriter> write) => Of(json =>
    {
        json.WriteString("graph", graph);
        write(json);
    });

    /// <param name="write">Writes what stands after the version.</param>
    public static string Of(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            write(json);
            json.WriteEndObject();
        }

        return NoCommand(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length)) + "\n";
    }

    /// <summary>In a log of Azure Pipelines a # could begin a command wherever it stands; in JSON it stands in texts only, and may be escaped.</summary>
    public static string NoCommand(string json) => json.Replace("#", "\\u0023", StringComparison.Ordinal);

    /// <summary>An empty text stands for nothing known, which is null in JSON.</summary>
    public static string? Known(string text) => text.Length > 0 ? text : null;

    /// <summary>Seconds to three places; null where nothing is known.</summary>
    public static void WriteSeconds(Utf8JsonWriter json, string name, TimeSpan? duration)
    {
        if (duration is { } known)
        {
            json.WriteNumber(name, Math.Round(known.TotalSeconds, 3));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    public static void WriteObjects<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
