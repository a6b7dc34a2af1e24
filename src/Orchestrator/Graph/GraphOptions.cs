namespace Orchestrator.Graph;

/// <param name="File">Absolute path of the graph file, or of the main file of a Compose project.</param>
/// <param name="Environment">The process environment; it wins over env files.</param>
internal sealed record GraphOptions(string File, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Compose files that lie over <see cref="File"/>, absolute: the override beside it, or what <c>COMPOSE_FILE</c> names.</summary>
    public IReadOnlyList<string> Overlays { get; init; } = [];

    /// <summary>What <see cref="File"/> would hold, if it is not there yet; null is what it holds.</summary>
    public string? Text { get; init; }

    /// <summary>One of <c>environments:</c>; null is none.</summary>
    public string? EnvironmentName { get; init; }
}
