namespace Orchestrator.Docker;

/// <summary>What an engine's configuration says of one registry.</summary>
public sealed record EngineRegistry
{
    /// <summary>Whether its certificate is checked and plain HTTP refused.</summary>
    public bool Secure { get; init; } = true;
}
