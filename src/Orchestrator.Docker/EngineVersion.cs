using System.Text.Json.Serialization;

namespace Orchestrator.Docker;

/// <summary>The answer of <c>/version</c>; empty where the engine says nothing.</summary>
public sealed record EngineVersion
{
    /// <summary>E.g. <c>28.5.2</c>.</summary>
    public string Version { get; init => field = value ?? ""; } = "";

    public string ApiVersion { get; init => field = value ?? ""; } = "";

    [JsonPropertyName("MinAPIVersion")]
    public string MinApiVersion { get; init => field = value ?? ""; } = "";

    /// <summary><c>linux</c> or <c>windows</c>.</summary>
    public string Os { get; init => field = value ?? ""; } = "";

    /// <summary>In Go's words: <c>amd64</c>, <c>arm64</c>.</summary>
    public string Arch { get; init => field = value ?? ""; } = "";
}
