namespace Orchestrator.Docker.Api;

/// <summary>One thing that a removal did; one of the two is set.</summary>
internal sealed record RemovedImage
{
    public string? Untagged { get; init; }

    public string? Deleted { get; init; }
}
