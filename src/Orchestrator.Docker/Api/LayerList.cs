namespace Orchestrator.Docker.Api;

/// <summary>An image's <c>RootFS</c>.</summary>
internal sealed record LayerList
{
    public List<string>? Layers { get; init; }
}
