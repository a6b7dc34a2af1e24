using System.Text.Json;
using Orchestrator.Docker;

namespace Orchestrator.Publishing;

/// <summary>
/// Reads an image's configuration as its registry has it (https://github.com/opencontainers/image-spec, config) into what an engine shows of it. Engines read it
/// with a schema of their own: they drop members that they do not know, take names in any case, leave out zeros. So this takes only what every engine
/// shows as it is written, and nothing at all where there is more.
/// </summary>
internal static class ImageConfiguration
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly string[] TopNames = ["os", "os.version", "os.features", "architecture", "variant", "author", "rootfs", "config"];

    private static readonly string[] Texts = ["User", "WorkingDir", "StopSignal"];
    private static readonly string[] Lists = ["Env", "Entrypoint", "Cmd", "OnBuild", "Shell"];
    private static readonly string[] Sets = ["ExposedPorts", "Volumes"];
    private const string Labels = "Labels";
    private const string Health = "Healthcheck";
    private const string HealthTest = "Test";

    private static readonly string[] HealthNumbers = ["Interval", "Timeout", "StartPeriod", "Retries"];

    /// <summary>Outside of every identity.</summary>
    private static readonly string[] Ignored = ["Image", "Hostname", "Domainname", "ArgsEscaped"];

    private static readonly string[] Known = [.. Texts, .. Lists, .. Sets, Labels, Health, .. Ignored];

    /// <returns>Null where an engine might show something else; without ID and names.</returns>
    public static ImageDetails? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static ImageDetails? Read(JsonElement root)
    {
        var config = root.TryGetProperty("config", out var own) && own.ValueKind == JsonValueKind.Object ? own.Clone() : JsonElement.Parse("{}");
        if (own.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined) || !config.EnumerateObject().All(IsPlain)
            || root.EnumerateObject().Any(member => IsMisspelled(member.Name, TopNames)) || root.TryGetProperty("os.version", out _) || root.TryGetProperty("os.features", out _)
            || Text(root, "os") is not { Length: > 0 } os || Text(root, "architecture") is not { Length: > 0 } architecture)
        {
            return null;
        }

        return new ImageDetails
        {
            Id = "",
            RepoTags = [],
            RepoDigests = [],
            Created = null,
            Size = 0,
            Os = os,
            Architecture = architecture,
            Variant = Text(root, "variant"),
            Author = Text(root, "author"),
            Labels = config.TryGetProperty(Labels, out var labels) && labels.ValueKind == JsonValueKind.Object
                ? labels.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!, StringComparer.Ordinal) : new Dictionary<string, string>(),
            Env = List(config, "Env"),
            OnBuild = List(config, "OnBuild"),
            User = Text(config, "User"),
            WorkingDir = Text(config, "WorkingDir"),
            Shell = List(config, "Shell"),
            Layers = [.. root.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(layer => layer.GetString()!)],
            RawConfig = config,
        };
    }

    /// <summary>Every engine shows it just so, or not at all because it is empty.</summary>
    private static bool IsPlain(JsonProperty member) => member.Value.ValueKind switch
    {
        _ when Ignored.Contains(member.Name) => true,
        _ when IsMisspelled(member.Name, Known) => false,
        JsonValueKind.Null => true,
        JsonValueKind.False => !Known.Contains(member.Name),
        JsonValueKind.String => Texts.Contains(member.Name) || (!Known.Contains(member.Name) && member.Value.GetString()!.Length == 0),
        JsonValueKind.Array => Lists.Contains(member.Name) ? member.Value.EnumerateArray().All(IsText) : !Known.Contains(member.Name) && member.Value.GetArrayLength() == 0,
        JsonValueKind.Object when member.Name == Labels => member.Value.EnumerateObject().All(label => IsText(label.Value)),
        JsonValueKind.Object when member.Name == Health => member.Value.EnumerateObject().All(IsPlainCheck),
        JsonValueKind.Object => (Sets.Contains(member.Name) && member.Value.EnumerateObject().All(item => IsEmptyObject(item.Value))) || (!Known.Contains(member.Name) && IsEmptyObject(member.Value)),
        _ => false,
    };

    /// <summary>Zeros and empty lists are left out by engines.</summary>
    private static bool IsPlainCheck(JsonProperty member) =>
        member.Name == HealthTest ? member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() > 0 && member.Value.EnumerateArray().All(IsText)
        : HealthNumbers.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt64(out var number) && number > 0 && member.Value.GetRawText().All(char.IsAsciiDigit);

    /// <summary>Engines would take it for the member that it nearly is.</summary>
    private static bool IsMisspelled(string name, string[] names) => !names.Contains(name) && names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidOperationException">It is not valid Unicode.</exception>
    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString() is not null;

    private static bool IsEmptyObject(JsonElement value) => value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().MoveNext();

    private static string Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static IReadOnlyList<string> List(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];
}
