namespace Orchestrator.Docker;

/// <summary>The answer to <c>/info</c>, as far as it matters here.</summary>
/// <param name="Id">The engine's own id.</param>
/// <param name="Name">The host's name.</param>
/// <param name="Driver">The storage driver or snapshotter.</param>
/// <param name="UsesContainerdStore">Whether images live in containerd instead of a graph driver.</param>
public sealed record EngineInfo(string Id, string Name, string Driver, bool UsesContainerdStore);
