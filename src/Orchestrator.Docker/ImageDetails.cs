using System.Text.Json;

namespace Orchestrator.Docker;

/// <summary>One image as the engine describes it.</summary>
public sealed record ImageDetails
{
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

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary><c>NAME=value</c> each.</summary>
    public required IReadOnlyList<string> Env { get; init; }

    /// <summary>The instructions that a build on this image runs first.</summary>
    public required IReadOnlyList<string> OnBuild { get; init; }

    public required string User { get; init; }

    public required string WorkingDir { get; init; }

    /// <summary>The layers' diff ids from the lowest up.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>The whole <c>Config</c> object; <see cref="JsonValueKind.Undefined"/> when the engine sent none.</summary>
    public required JsonElement RawConfig { get; init; }
}
