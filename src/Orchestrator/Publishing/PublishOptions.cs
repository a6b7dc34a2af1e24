namespace Orchestrator.Publishing;

/// <summary>How a release is published.</summary>
internal sealed record PublishOptions
{
    /// <summary>Images that may be sent at the same time. Default: 4.</summary>
    public int Parallel { get; init; } = 4;
}
