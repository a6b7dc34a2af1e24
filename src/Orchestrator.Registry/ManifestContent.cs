using System.Text.Json;

namespace Orchestrator.Registry;

/// <summary>Reads the JSON of manifests (https://github.com/opencontainers/image-spec, manifest and index).</summary>
internal sealed record ManifestContent(string MediaType)
{
    public Descriptor? Config { get; private init; }

    public IReadOnlyList<Descriptor> Layers { get; private init; } = [];

    public IReadOnlyList<Descriptor> Manifests { get; private init; } = [];

    public Descriptor? Subject { get; private init; }

    public string ArtifactType { get; private init; } = "";

    public IReadOnlyDictionary<string, string> Annotations { get; private init; } = new Dictionary<string, string>();

    /// <exception cref="FormatException">A kind of manifest that is not known here, or a malformed descriptor.</exception>
    public static ManifestContent Read(JsonElement root, string declaredType)
    {
        var own = Text(root, "mediaType");
        if (own.Length > 0 && MediaTypes.Manifests.Contains(declaredType) && own != declaredType)
        {
            throw new FormatException($"it is declared as '{declaredType}' and says that it is '{own}'");
        }

        var type = own.Length > 0 ? own : declaredType;
        if (!MediaTypes.Manifests.Contains(type))
        {
            // OCI manifests need not say what they are; some registries do not either.
            type = root.TryGetProperty("manifests", out _) ? MediaTypes.OciIndex
                : root.TryGetProperty("config", out _) && own.Length == 0 ? MediaTypes.OciManifest
                : throw new FormatException($"'{type}' is not a kind of manifest that is supported");
        }

        return new ManifestContent(type)
        {
            Config = root.TryGetProperty("config", out var config) ? Descriptor(config) : null,
            Layers = Descriptors(root, "layers"),
            Manifests = Descriptors(root, "manifests"),
            Subject = root.TryGetProperty("subject", out var subject) ? Descriptor(subject) : null,
            ArtifactType = Text(root, "artifactType") is { Length: > 0 } artifact ? artifact : config.ValueKind == JsonValueKind.Object ? Text(config, "mediaType") : "",
            Annotations = Strings(root, "annotations"),
        };
    }

    private static IReadOnlyList<Descriptor> Descriptors(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(Descriptor)] : [];

    private static Descriptor Descriptor(JsonElement element)
    {
        var platform = element.TryGetProperty("platform", out var value)
            ? string.Join('/', new[] { Text(value, "os"), Text(value, "architecture"), Text(value, "variant") }.Where(part => part.Length > 0))
            : "";
        return new Descriptor(Text(element, "mediaType"), Digest.Parse(Text(element, "digest")), element.GetProperty("size").GetInt64())
        {
            Platform = platform,
            ArtifactType = Text(element, "artifactType"),
            Annotations = Strings(element, "annotations"),
            IsForeign = element.TryGetProperty("urls", out var urls) && urls.ValueKind == JsonValueKind.Array && urls.GetArrayLength() > 0,
        };
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static Dictionary<string, string> Strings(JsonElement element, string name) =>
        element.TryGetProperty(name, out var map) && map.ValueKind == JsonValueKind.Object
            ? map.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.ToString(), StringComparer.Ordinal)
            : [];
}
