using System.Text.Json.Nodes;

namespace Orchestrator.Graph.Reading;

/// <summary>
/// The JSON schema (draft 7, which editors' YAML language servers read) of <c>images.yml</c>, made from the one table of keys. It helps who writes; the
/// reader decides.
/// </summary>
internal static class GraphSchema
{
    private const string Draft = "http://json-schema.org/draft-07/schema#";

    /// <summary>What mappings and lists under a key hold, where that has keys of its own.</summary>
    private static readonly NestedKeys[] Nested =
    [
        new(KeyPlaces.Graph, "images", KeyPlaces.Image, IsByName: true, AlsoText: true),
        new(KeyPlaces.Graph, "defaults", KeyPlaces.Defaults, IsByName: false, AlsoText: false),
        new(KeyPlaces.Graph, "environments", KeyPlaces.Environment, IsByName: true, AlsoText: false),
        new(KeyPlaces.Graph, "cache", KeyPlaces.Cache, IsByName: false, AlsoText: false),
        new(KeyPlaces.Graph, "secrets", KeyPlaces.GraphSecret, IsByName: true, AlsoText: false),
        new(KeyPlaces.Image, "targets", KeyPlaces.Target, IsByName: true, AlsoText: false),
        new(KeyPlaces.Image, "project", KeyPlaces.Project, IsByName: false, AlsoText: true),
        new(KeyPlaces.Section, "secrets", KeyPlaces.ImageSecret, IsByName: false, AlsoText: true),
        new(KeyPlaces.Section, "ulimits", KeyPlaces.Ulimit, IsByName: true, AlsoText: true),
        new(KeyPlaces.Section | KeyPlaces.Target, "test", KeyPlaces.Test, IsByName: false, AlsoText: true),
        new(KeyPlaces.Test, "files", KeyPlaces.TestFile, IsByName: true, AlsoText: true),
    ];

    /// <summary>The schema as JSON text.</summary>
    public static string Text()
    {
        var schema = Mapping(KeyPlaces.Graph);
        schema.Insert(0, "$schema", Draft);
        schema.Insert(1, "title", "Build graph of Orchestrator (images.yml)");
        var definitions = new JsonObject { ["text"] = Types("string", "number", "boolean", "null") };
        foreach (var place in Nested.Select(nested => nested.Inner).Distinct().Order())
        {
            foreach (var single in Singles(place))
            {
                definitions[Name(single)] = Mapping(single);
            }
        }

        schema["definitions"] = definitions;
        return schema.ToJsonString(new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    private static JsonObject Mapping(KeyPlaces place)
    {
        var properties = new JsonObject();
        foreach (var key in GraphKeys.All.Where(key => key.Places.HasFlag(place) && key.Support != KeySupport.OfCompose))
        {
            properties[key.Name] = Property(key, place);
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["patternProperties"] = new JsonObject { ["^x-"] = new JsonObject() },
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject Property(GraphKey key, KeyPlaces place)
    {
        if (key.Support == KeySupport.NotYet)
        {
            return new JsonObject { ["description"] = "Not supported yet. " + key.Description, ["not"] = new JsonObject() };
        }

        var nested = Array.Find(Nested, nested => nested.Key == key.Name && nested.Outer.HasFlag(place));
        var forms = new List<JsonNode>();
        if (key.Forms.HasFlag(KeyForms.Text))
        {
            forms.Add(Reference("text"));
        }
        else if (key.Forms.HasFlag(KeyForms.Empty))
        {
            forms.Add(Types("null"));
        }

        if (key.Forms.HasFlag(KeyForms.List))
        {
            forms.Add(new JsonObject { ["type"] = "array", ["items"] = nested is { IsByName: false } ? nested.Item(Reference) : new JsonObject() });
        }

        if (key.Forms.HasFlag(KeyForms.Map))
        {
            forms.Add(nested switch
            {
                null => new JsonObject { ["type"] = "object", ["additionalProperties"] = Reference("text") },
                { IsByName: true } => new JsonObject { ["type"] = "object", ["additionalProperties"] = nested.Item(Reference) },
                _ => Reference(Name(nested.Inner)),
            });
        }

        return new JsonObject { ["description"] = key.Description, ["anyOf"] = new JsonArray([.. forms]) };
    }

    private static IEnumerable<KeyPlaces> Singles(KeyPlaces places) => Enum.GetValues<KeyPlaces>().Where(place => int.PopCount((int)place) == 1 && places.HasFlag(place));

    private static string Name(KeyPlaces place) => char.ToLowerInvariant($"{place}"[0]) + $"{place}"[1..];

    private static JsonObject Reference(string definition) => new() { ["$ref"] = "#/definitions/" + definition };

    private static JsonObject Types(params string[] types) => new() { ["type"] = new JsonArray([.. types.Select(type => JsonValue.Create(type))]) };

    /// <param name="IsByName">The mapping's keys are names, each with such a mapping; otherwise it is one itself, or an item of a list.</param>
    /// <param name="AlsoText">A short form stands for the mapping.</param>
    private sealed record NestedKeys(KeyPlaces Outer, string Key, KeyPlaces Inner, bool IsByName, bool AlsoText)
    {
        public JsonObject Item(Func<string, JsonObject> reference) =>
            new() { ["anyOf"] = new JsonArray(reference(Name(Inner)), AlsoText ? reference("text") : Types("null")) };
    }
}
