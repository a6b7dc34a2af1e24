namespace Orchestrator.Docker.Api;

/// <summary>The known part of an image's <c>Config</c>.</summary>
internal sealed record ImageConfiguration
{
    public Dictionary<string, string>? Labels { get; init; }

    public List<string>? Env { get; init; }

    public List<string>? OnBuild { get; init; }

    public string? User { get; init; }

    public string? WorkingDir { get; init; }
}
