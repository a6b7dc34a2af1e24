using System.Text.Json;
using Orchestrator.Contexts;
using Orchestrator.Docker;

namespace Orchestrator.Planning;

/// <summary>
/// Identifies an image by what is in it: root file system and config. Members of the config that say when or where it was made are left out,
/// and what is empty counts as absent, because stores differ in how they show it.
/// </summary>
internal static class ContentIdentity
{
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal) { "Image", "Hostname", "Domainname", "ArgsEscaped" };

    public static string Of(ImageDetails image) => Of($"{image.Os}/{image.Architecture}/{image.Variant}", image.Layers, image.RawConfig);

    /// <summary>Of an image by its configuration as a registry has it.</summary>
    /// <exception cref="InvalidOperationException">It has another form.</exception>
    /// <exception cref="KeyNotFoundException">It lacks its root file system.</exception>
    public static string OfConfiguration(JsonElement configuration)
    {
        string Text(string name) => configuration.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
        var layers = configuration.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(layer => layer.GetString()!).ToList();
        return Of($"{Text("os")}/{Text("architecture")}/{Text("variant")}", layers, configuration.TryGetProperty("config", out var config) ? config : default);
    }

    private static string Of(string platform, IReadOnlyList<string> layers, JsonElement config)
    {
        using var key = new FieldHash();
        key.Field("platform", platform);
        key.List("layers", layers.Count);
        foreach (var layer in layers)
        {
            key.Field("layer", layer);
        }

        Write(key, "config", config);
        return key.Finish();
    }

    private static void Write(FieldHash key, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in MembersOf(value))
                {
                    Write(key, name + "." + member, value.GetProperty(member));
                }

                break;
            case JsonValueKind.Array:
                key.List(name, value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                {
                    Write(key, name, item);
                }

                break;
            default:
                key.Field(name, value.ToString());
                break;
        }
    }

    /// <summary>The names of those that count, sorted.</summary>
    private static List<string> MembersOf(JsonElement value)
    {
        var names = new List<string>();
        foreach (var member in value.EnumerateObject())
        {
            if (!Ignored.Contains(member.Name) && !IsEmpty(member.Value))
            {
                names.Add(member.Name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.False => true,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().MoveNext(),
        _ => false,
    };
}
