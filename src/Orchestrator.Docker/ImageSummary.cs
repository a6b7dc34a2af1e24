namespace Orchestrator.Docker;

/// <summary>One row of the engine's list of images.</summary>
public sealed record ImageSummary
{
    private static readonly IReadOnlyDictionary<string, string> NoLabels = new Dictionary<string, string>();

    /// <summary>The configuration's digest, or with the containerd store that of the index or manifest.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    public IReadOnlyList<string> RepoTags { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> RepoDigests { get; init => field = value ?? []; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init => field = value ?? NoLabels; } = NoLabels;

    /// <summary>In bytes.</summary>
    public long Size { get; init; }

    /// <summary>Seconds since 1970, UTC.</summary>
    public long Created { get; init; }
}
