namespace Orchestrator.Graph;

/// <summary>What a graph says about registries as memory of builds (<c>cache.registry</c>).</summary>
/// <param name="IsOn">Null where the graph says nothing: on in CI.</param>
/// <param name="Prefix">What the repositories for key tags begin with; null keeps them where the images are published.</param>
internal sealed record RegistryMemorySettings(bool? IsOn, string? Prefix);
