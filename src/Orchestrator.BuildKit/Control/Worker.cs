namespace Orchestrator.BuildKit.Control;

/// <summary>A worker of the daemon; the Engine has exactly one.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Platforms">For instance <c>linux/arm64/v8</c>; the first one is its own, others are emulated or compatible.</param>
/// <param name="BuildKitVersion">For instance <c>v0.25.2</c>; null before BuildKit 0.11 and with containerd's store; ask <see cref="BuildKitClient.InfoAsync"/> then.</param>
public sealed record Worker(string Id, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> Platforms, string? BuildKitVersion)
{
    /// <summary>Images are kept in containerd's store instead of a graph driver.</summary>
    public bool UsesContainerdStore => Labels.ContainsKey("org.mobyproject.buildkit.worker.snapshotter");

    /// <summary>The address of the engine's machine, as its containers reach it, for instance <c>172.17.0.1</c>; null before Engine 25, which does not tell.</summary>
    public string? HostGateway => Labels.GetValueOrDefault("org.mobyproject.buildkit.worker.moby.host-gateway-ip");
}
