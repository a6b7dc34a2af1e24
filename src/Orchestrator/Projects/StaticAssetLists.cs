using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Projects;

/// <summary>
/// ASP.NET Core publishes a list of static files that says when each was changed on this machine, in an order that depends on where the repository lies: the one
/// thing in published output that differs between clones. 2026-11-21: here it says one time for all, in one order. Browsers go by the ETag, which is of the
/// content, and the order is nothing that the server goes by.
/// </summary>
internal static class StaticAssetLists
{
    private const string Names = "*.staticwebassets.endpoints.json";
    private const string Time = "Thu, 01 Jan 1970 00:00:00 GMT";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="IOException">A list cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void Normalize(string output)
    {
        foreach (var file in Directory.EnumerateFiles(output, Names))
        {
            if (Normalized(File.ReadAllText(file)) is { } text)
            {
                File.WriteAllText(file, text);
            }
        }
    }

    /// <returns>Null when it is no such list, and stays as it is.</returns>
    public static string? Normalized(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonObject list || list["Endpoints"] is not JsonArray endpoints)
            {
                return null;
            }

            foreach (var header in endpoints.OfType<JsonObject>().Select(endpoint => endpoint["ResponseHeaders"]).OfType<JsonArray>().SelectMany(headers => headers.OfType<JsonObject>()))
            {
                if (header["Name"] is JsonValue name && name.ToString() == "Last-Modified")
                {
                    header["Value"] = Time;
                }
            }

            var sorted = endpoints.Select(endpoint => endpoint?.ToJsonString(Compact)).Order(StringComparer.Ordinal).Select(endpoint => endpoint is null ? null : JsonNode.Parse(endpoint));
            list["Endpoints"] = new JsonArray([.. sorted]);
            return list.ToJsonString(Compact);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
