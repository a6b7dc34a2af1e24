using System.Text.Json;
using Orchestrator.Docker.Configuration;

namespace Orchestrator.Docker;

/// <summary>Reads the Engine API's JSON (https://docs.docker.com/reference/api/engine/). An absent member and null are the same.</summary>
internal static class EngineJson
{
    public static EngineVersion Version(JsonElement root) =>
        new(Text(root, "Version"), Text(root, "ApiVersion"), Text(root, "Os"), Text(root, "Arch"));

    public static EngineInfo Info(JsonElement root)
    {
        var containerd = Items(root, "DriverStatus").Any(pair =>
            pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2 && pair[0].GetString() == "driver-type"
            && (pair[1].GetString() ?? "").StartsWith("io.containerd.snapshotter", StringComparison.Ordinal));
        return new EngineInfo(Text(root, "ID"), Text(root, "Name"), Text(root, "Driver"), containerd);
    }

    public static ImageSummary Summary(JsonElement row) =>
        new(Text(row, "Id"), Strings(row, "RepoTags"), Map(row, "Labels"), Number(row, "Size"), Number(row, "Created"));

    public static ImageDetails Details(JsonElement root)
    {
        var config = root.TryGetProperty("Config", out var value) ? value : default;
        var variant = Text(root, "Variant");
        var platform = $"{Text(root, "Os")}/{Text(root, "Architecture")}{(variant.Length > 0 ? "/" + variant : "")}";
        var layers = root.TryGetProperty("RootFS", out var rootFs) ? Strings(rootFs, "Layers") : [];
        return new ImageDetails(
            Text(root, "Id"), Strings(root, "RepoTags"), Strings(root, "RepoDigests"), Number(root, "Size"), platform,
            Map(config, "Labels"), Strings(config, "Env"), Strings(config, "OnBuild"), layers, config);
    }

    public static string Text(JsonElement element, string name) => DockerConfigFile.Text(element, name) ?? "";

    public static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : [];

    private static long Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : 0;

    private static IReadOnlyList<string> Strings(JsonElement element, string name) =>
        [.. Items(element, name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];

    private static Dictionary<string, string> Map(JsonElement element, string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var members) && members.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in members.EnumerateObject())
            {
                map[member.Name] = member.Value.GetString() ?? "";
            }
        }

        return map;
    }
}
