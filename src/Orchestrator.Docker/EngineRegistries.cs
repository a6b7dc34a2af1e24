using System.Text.Json.Serialization;

namespace Orchestrator.Docker;

/// <summary>How an engine is set up to speak to registries.</summary>
public sealed record EngineRegistries
{
    private static readonly IReadOnlyDictionary<string, EngineRegistry> None = new Dictionary<string, EngineRegistry>();

    /// <summary>By <c>host[:port]</c>; only those that the engine's configuration names.</summary>
    public IReadOnlyDictionary<string, EngineRegistry> IndexConfigs { get; init => field = value ?? None; } = None;

    /// <summary>Registries whose certificate the engine does not check (<c>insecure-registries</c>).</summary>
    [JsonIgnore]
    public IReadOnlyList<string> InsecureHosts => [.. IndexConfigs.Where(pair => !pair.Value.Secure).Select(pair => pair.Key)];
}
