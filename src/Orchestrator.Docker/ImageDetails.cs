using System.Globalization;
using System.Text.Json;
using Orchestrator.Docker.Api;

namespace Orchestrator.Docker;

/// <summary>One image as the engine describes it.</summary>
public sealed record ImageDetails
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    public required string Id { get; init; }

    public required IReadOnlyList<string> RepoTags { get; init; }

    public required IReadOnlyList<string> RepoDigests { get; init; }

    /// <summary>Null when the image does not say.</summary>
    public required DateTimeOffset? Created { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    public required string Architecture { get; init; }

    public required string Os { get; init; }

    /// <summary>E.g. <c>v8</c>; empty for most.</summary>
    public required string Variant { get; init; }

    /// <summary>Empty when the image does not say.</summary>
    public required string Author { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary><c>NAME=value</c> each.</summary>
    public required IReadOnlyList<string> Env { get; init; }

    /// <summary>The instructions that a build on this image runs first.</summary>
    public required IReadOnlyList<string> OnBuild { get; init; }

    public required string User { get; init; }

    public required string WorkingDir { get; init; }

    /// <summary>The shell of the image's commands with its options; empty when the image does not say.</summary>
    public required IReadOnlyList<string> Shell { get; init; }

    /// <summary>The layers' diff ids from the lowest up.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>The whole <c>Config</c> object; <see cref="JsonValueKind.Undefined"/> when the engine sent none.</summary>
    public required JsonElement RawConfig { get; init; }

    /// <summary>
    /// Platforms that its index names and the engine does not have all content for, <c>os/architecture[/variant]</c>. Empty as well where nobody asked
    /// (<see cref="DockerEngine.InspectIndexAsync"/>), the engine does not tell (API before 1.48), or there is no index.
    /// </summary>
    public IReadOnlyList<string> MissingPlatforms { get; init; } = [];

    internal static ImageDetails From(JsonElement answer)
    {
        var config = answer.Object("Config") ?? default;
        var known = config.ValueKind == JsonValueKind.Object ? config : Nothing;
        return new ImageDetails
        {
            Id = answer.Text("Id"),
            RepoTags = answer.Texts("RepoTags"),
            RepoDigests = answer.Texts("RepoDigests"),
            Created = ReadCreated(answer.Text("Created")),
            Size = answer.Number("Size"),
            Architecture = answer.Text("Architecture"),
            Os = answer.Text("Os"),
            Variant = answer.Text("Variant"),
            Author = answer.Text("Author"),
            Labels = known.Map("Labels"),
            Env = known.Texts("Env"),
            OnBuild = known.Texts("OnBuild"),
            User = known.Text("User"),
            WorkingDir = known.Text("WorkingDir"),
            Shell = known.Texts("Shell"),
            Layers = (answer.Object("RootFS") ?? Nothing).Texts("Layers"),
            RawConfig = config.ValueKind == JsonValueKind.Object ? config.Clone() : config,
        };
    }

    /// <summary>Missing or empty when the image does not say.</summary>
    private static DateTimeOffset? ReadCreated(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created) ? created : null;
}
