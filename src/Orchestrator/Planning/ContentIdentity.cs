using System.Text.Json;
using Orchestrator.Contexts;
using Orchestrator.Docker;

namespace Orchestrator.Planning;

/// <summary>
/// Identifies an image by what is in it: root file system, author and config. Members of the config that say when or where it was made are left out,
/// and one that is empty counts as absent, because stores differ in how they show it. That holds for the config's own members only: below them names
/// are the image's own, such as labels and ports, and each counts whatever its value.
/// </summary>
internal static class ContentIdentity
{
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal) { "Image", "Hostname", "Domainname", "ArgsEscaped" };

    /// <summary>Of a build of the graph they say nothing about what is in it: when it was built, at which commit, as which image of a graph, and which IDs its bases have on one engine.</summary>
    private static readonly HashSet<string> LabelsOfBuilds = new(StringComparer.Ordinal) { StampLabels.Revision, StampLabels.Created, KeyTag.BasesLabel, KeyTag.ImageLabel };

    /// <summary>Of an image from outside.</summary>
    public static string Of(ImageDetails image) => Of(image, []);

    /// <summary>Of a build of an image of the graph; two builds that differ only in their stamps are the same to what is built from them.</summary>
    public static string OfBuild(ImageDetails image) => Of(image, LabelsOfBuilds);

    /// <summary>Of a build by its configuration as a registry has it.</summary>
    /// <exception cref="InvalidOperationException">It has another form.</exception>
    /// <exception cref="KeyNotFoundException">It lacks its root file system.</exception>
    public static string OfBuild(JsonElement configuration)
    {
        string Text(string name) => configuration.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
        var layers = configuration.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(layer => layer.GetString()!).ToList();
        return Of(
            $"{Text("os")}/{Text("architecture")}/{Text("variant")}", Text("author"), layers, configuration.TryGetProperty("config", out var config) ? config : default, LabelsOfBuilds);
    }

    private static string Of(ImageDetails image, HashSet<string> ignoredLabels) =>
        Of($"{image.Os}/{image.Architecture}/{image.Variant}", image.Author, image.Layers, image.RawConfig, ignoredLabels);

    private static string Of(string platform, string author, IReadOnlyList<string> layers, JsonElement config, HashSet<string> ignoredLabels)
    {
        using var key = new FieldHash();
        key.Field("platform", platform);
        key.Field("author", author);
        key.List("layers", layers.Count);
        foreach (var layer in layers)
        {
            key.Field("layer", layer);
        }

        WriteMembers(key, "config", config.ValueKind == JsonValueKind.Object ? Names(config, name => !Ignored.Contains(name) && !IsEmpty(config.GetProperty(name))) : [], config, ignoredLabels);
        return key.Finish();
    }

    private static void WriteMembers(FieldHash key, string name, List<string> members, JsonElement parent, HashSet<string> ignoredLabels)
    {
        key.List(name, members.Count);
        foreach (var member in members)
        {
            Write(key, member, parent.GetProperty(member), name == "config" && member == "Labels" ? ignoredLabels : []);
        }
    }

    private static List<string> Names(JsonElement parent, Predicate<string> isWanted)
    {
        var names = new List<string>();
        foreach (var member in parent.EnumerateObject())
        {
            if (isWanted(member.Name))
            {
                names.Add(member.Name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>The kind goes first, so that values of two kinds never have the same bytes.</summary>
    private static void Write(FieldHash key, string name, JsonElement value, HashSet<string> ignored)
    {
        key.Field(name, value.ValueKind.ToString());
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteMembers(key, name, Names(value, member => !ignored.Contains(member)), value, []);
                break;
            case JsonValueKind.Array:
                key.List(name, value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                {
                    Write(key, name, item, []);
                }

                break;
            default:
                key.Field(name, value.ToString());
                break;
        }
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
