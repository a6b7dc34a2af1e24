using System.Text.Json;

namespace Orchestrator.Docker.Api;

/// <summary>
/// Takes members out of an answer. By hand, and not through a serializer's metadata: that is what every run does first, and the generic code
/// behind the metadata is compiled anew in every process, which was measured to cost 20 ms. What is missing or null is empty.
/// </summary>
internal static class JsonReading
{
    /// <exception cref="JsonException">It is something other than text.</exception>
    public static string Text(this JsonElement parent, string name) =>
        Find(parent, name, JsonValueKind.String) is { } value ? value.GetString()! : "";

    /// <exception cref="JsonException">It is something other than a whole number.</exception>
    public static long Number(this JsonElement parent, string name) =>
        Find(parent, name, JsonValueKind.Number) is not { } value ? 0
        : value.TryGetInt64(out var number) ? number : throw new JsonException($"{name} is not a whole number");

    /// <returns>Null when it is missing.</returns>
    /// <exception cref="JsonException">It is something other than true or false.</exception>
    public static bool? Flag(this JsonElement parent, string name) =>
        !Of(parent, "the answer", JsonValueKind.Object).TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw new JsonException($"{name} is not true or false");

    /// <exception cref="JsonException">It is something other than an object.</exception>
    public static JsonElement? Object(this JsonElement parent, string name) => Find(parent, name, JsonValueKind.Object);

    /// <exception cref="JsonException">It is something other than a list of texts.</exception>
    public static IReadOnlyList<string> Texts(this JsonElement parent, string name) =>
        Find(parent, name, JsonValueKind.Array) is { } list ? Items(list, name) : [];

    /// <exception cref="JsonException">It is something other than a list of lists of texts.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(this JsonElement parent, string name)
    {
        var rows = new List<IReadOnlyList<string>>();
        if (Find(parent, name, JsonValueKind.Array) is { } list)
        {
            foreach (var row in list.EnumerateArray())
            {
                rows.Add(Items(Of(row, name, JsonValueKind.Array), name));
            }
        }

        return rows;
    }

    /// <exception cref="JsonException">It is something other than an object with texts.</exception>
    public static IReadOnlyDictionary<string, string> Map(this JsonElement parent, string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Find(parent, name, JsonValueKind.Object) is { } members)
        {
            foreach (var member in members.EnumerateObject())
            {
                map[member.Name] = Of(member.Value, name, JsonValueKind.String).GetString()!;
            }
        }

        return map;
    }

    /// <exception cref="JsonException">It is something else.</exception>
    public static JsonElement Of(JsonElement value, string name, JsonValueKind kind) =>
        value.ValueKind == kind ? value : throw new JsonException($"{name} is not of kind {kind} but {value.ValueKind}");

    private static JsonElement? Find(JsonElement parent, string name, JsonValueKind kind) =>
        Of(parent, "the answer", JsonValueKind.Object).TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? Of(value, name, kind) : null;

    private static string[] Items(JsonElement list, string name)
    {
        var texts = new string[list.GetArrayLength()];
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            texts[index++] = Of(item, name, JsonValueKind.String).GetString()!;
        }

        return texts;
    }
}
