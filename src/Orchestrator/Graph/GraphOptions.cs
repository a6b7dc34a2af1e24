namespace Orchestrator.Graph;

/// <param name="File">Absolute path of the graph file, or of the main file of a Compose project.</param>
/// <param name="Environment">The process environment; it wins over env files.</param>
internal sealed record GraphOptions(string File, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Compose files that lie over <see cref="File"/>, absolute: the override beside it, or what <c>COMPOSE_FILE</c> names.</summary>
    public IReadOnlyList<string> Overlays { get; init; } = [];

    /// <summary>The folder in which the files of a Compose project were looked for, absolute; null where they were named.</summary>
    public string? Folder { get; init; }

    /// <summary>The files were found as those of a Compose project: that is what they are, whatever they are called.</summary>
    public bool IsCompose { get; init; }

    /// <summary>Where the command is run, absolute; null is <see cref="Folder"/>, or that of the main file.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>What files would hold, by absolute path: a graph can be read before it is written. All others are read from disk.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>One of <c>environments:</c>; null is none.</summary>
    public string? EnvironmentName { get; init; }

    /// <summary>Images that somebody asked for by name: those that are services are part of the graph whatever profiles are active, as with <c>docker compose build NAME</c>.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];
}
