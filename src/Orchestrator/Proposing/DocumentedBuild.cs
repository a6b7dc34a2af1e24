namespace Orchestrator.Proposing;

/// <summary>A <c>docker build</c> that a document or a script of the repository tells people to run.</summary>
/// <param name="Place">The file and line that say so.</param>
/// <param name="Dockerfile">Relative to the repository.</param>
/// <param name="Context">Relative to the repository; empty is its root.</param>
internal sealed record DocumentedBuild(string Place, string Dockerfile, string Context)
{
    /// <summary>What <c>-t</c> says; null where it says nothing, or something that only a shell can tell.</summary>
    public string? Name { get; init; }

    public string? Target { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Arguments { get; init; } = [];
}
