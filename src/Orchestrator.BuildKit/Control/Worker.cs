namespace Orchestrator.BuildKit.Control;

/// <summary>A worker of the daemon.</summary>
public sealed record Worker(string Id, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> Platforms, string BuildKitVersion)
{
    /// <summary>Whether images go to containerd instead of a graph driver.</summary>
    public bool UsesContainerdStore => Labels.ContainsKey("org.mobyproject.buildkit.worker.snapshotter");
}
