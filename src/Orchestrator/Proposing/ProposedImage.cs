using Orchestrator.Graph;

namespace Orchestrator.Proposing;

/// <summary>An entry of the proposed graph, and why it is as it is.</summary>
/// <param name="Key">Under <c>images:</c>.</param>
/// <param name="Context">Relative to the repository; empty is its root. Null where a Compose service has the build, and the entry is laid over it.</param>
internal sealed record ProposedImage(string Key, string? Context, IReadOnlyList<string> Reasons)
{
    /// <summary>Relative to the context; null is <c>Dockerfile</c>.</summary>
    public string? Dockerfile { get; init; }

    /// <summary>Local names, the main one first; empty is the key.</summary>
    public IReadOnlyList<ImageReference> Names { get; init; } = [];

    public string? Target { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Arguments { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Overlay { get; init; } = [];
}
