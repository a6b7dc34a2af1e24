using System.Text.Json;
using Orchestrator.Docker.Api;

namespace Orchestrator.Docker;

/// <summary>One row of the engine's list of images.</summary>
public sealed record ImageSummary
{
    private static readonly IReadOnlyDictionary<string, string> NoLabels = new Dictionary<string, string>();

    /// <summary>The configuration's digest, or with the containerd store that of the index or manifest.</summary>
    public string Id { get; init; } = "";

    public IReadOnlyList<string> RepoTags { get; init; } = [];

    public IReadOnlyList<string> RepoDigests { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = NoLabels;

    /// <summary>In bytes.</summary>
    public long Size { get; init; }

    /// <summary>Seconds since 1970, UTC.</summary>
    public long Created { get; init; }

    internal static ImageSummary From(JsonElement row) => new()
    {
        Id = row.Text("Id"),
        RepoTags = row.Texts("RepoTags"),
        RepoDigests = row.Texts("RepoDigests"),
        Labels = row.Map("Labels"),
        Size = row.Number("Size"),
        Created = row.Number("Created"),
    };
}
