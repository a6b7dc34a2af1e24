using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Docker.Api;

/// <summary>The engine's description of an image, as it is on the wire.</summary>
internal sealed record ImageInspection
{
    public string? Id { get; init; }

    public List<string>? RepoTags { get; init; }

    public List<string>? RepoDigests { get; init; }

    /// <summary>Missing or empty when the image does not say.</summary>
    public string? Created { get; init; }

    public long Size { get; init; }

    public string? Architecture { get; init; }

    public string? Os { get; init; }

    public string? Variant { get; init; }

    public JsonElement? Config { get; init; }

    public LayerList? RootFS { get; init; }

    public ImageDetails ToDetails()
    {
        var configuration = Config is { ValueKind: JsonValueKind.Object } element
            ? element.Deserialize(EngineJson.Default.ImageConfiguration)
            : null;
        return new ImageDetails
        {
            Id = Id ?? "",
            RepoTags = RepoTags ?? [],
            RepoDigests = RepoDigests ?? [],
            Created = ReadCreated(),
            Size = Size,
            Architecture = Architecture ?? "",
            Os = Os ?? "",
            Variant = Variant ?? "",
            Labels = configuration?.Labels ?? [],
            Env = configuration?.Env ?? [],
            OnBuild = configuration?.OnBuild ?? [],
            User = configuration?.User ?? "",
            WorkingDir = configuration?.WorkingDir ?? "",
            Layers = RootFS?.Layers ?? [],
            RawConfig = Config ?? default,
        };
    }

    private DateTimeOffset? ReadCreated() =>
        DateTimeOffset.TryParse(Created, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created) ? created : null;
}
