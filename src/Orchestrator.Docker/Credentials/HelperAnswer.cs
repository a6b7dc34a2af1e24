namespace Orchestrator.Docker.Credentials;

/// <summary>What a helper prints.</summary>
internal sealed record HelperAnswer
{
    public string? Username { get; init; }

    public string? Secret { get; init; }
}
