using System.Text.Json.Serialization;

namespace Orchestrator.Docker;

/// <summary>The part of <c>/info</c> that decisions rest on.</summary>
public sealed record EngineInfo
{
    /// <summary>Identifies this engine among others; stays when it restarts.</summary>
    [JsonPropertyName("ID")]
    public string Id { get; init => field = value ?? ""; } = "";

    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>The storage driver, e.g. <c>overlay2</c> or <c>overlayfs</c>.</summary>
    public string Driver { get; init => field = value ?? ""; } = "";

    /// <summary>Pairs of a name and a value.</summary>
    public IReadOnlyList<IReadOnlyList<string>> DriverStatus { get; init => field = value ?? []; } = [];

    public string DockerRootDir { get; init => field = value ?? ""; } = "";

    /// <summary>In bytes.</summary>
    public long MemTotal { get; init; }

    [JsonPropertyName("NCPU")]
    public int NCpu { get; init; }

    public EngineRegistries RegistryConfig { get; init => field = value ?? new(); } = new();

    /// <summary>Whether images live in containerd's store instead of a graph driver.</summary>
    [JsonIgnore]
    public bool UsesContainerdStore => DriverStatus.Any(pair => pair is ["driver-type", "io.containerd.snapshotter.v1"]);
}
