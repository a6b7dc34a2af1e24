using System.Text.Json.Serialization;

namespace Orchestrator.Docker;

/// <summary>One row of the engine's list of containers.</summary>
public sealed record ContainerSummary
{
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Each with a leading slash, as the engine writes them.</summary>
    public IReadOnlyList<string> Names { get; init => field = value ?? []; } = [];

    /// <summary>The reference that the container was created from, or an image id when that reference has moved on.</summary>
    public string Image { get; init => field = value ?? ""; } = "";

    [JsonPropertyName("ImageID")]
    public string ImageId { get; init => field = value ?? ""; } = "";

    public IReadOnlyDictionary<string, string> Labels { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>E.g. <c>running</c>, <c>exited</c>.</summary>
    public string State { get; init => field = value ?? ""; } = "";
}
