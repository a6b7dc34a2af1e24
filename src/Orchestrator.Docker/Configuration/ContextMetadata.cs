namespace Orchestrator.Docker.Configuration;

/// <summary>A context's <c>meta.json</c>.</summary>
internal sealed record ContextMetadata
{
    public Dictionary<string, ContextEndpoint?>? Endpoints { get; init; }
}
