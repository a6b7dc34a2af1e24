namespace Orchestrator.Docker.Api;

/// <summary>The engine's last word on a push.</summary>
internal sealed record PushedTag
{
    /// <summary>The digest that the tag has in the registry; null in notes about something else.</summary>
    public string? Digest { get; init; }
}
