namespace Orchestrator.BuildKit.Control;

/// <summary>What to build.</summary>
public sealed record SolveOptions
{
    /// <summary>The id of the session that serves files, credentials and secrets. Default: none.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>The frontend. Default: <c>dockerfile.v0</c>.</summary>
    public string Frontend { get; init; } = "dockerfile.v0";

    /// <summary>The frontend's attributes, for instance <c>filename</c>, <c>target</c>, <c>build-arg:NAME</c>. Default: none.</summary>
    public IReadOnlyDictionary<string, string> FrontendAttributes { get; init; } = new Dictionary<string, string>();

    /// <summary>The exporter; <c>moby</c> puts the image into the Engine's own store. Default: null, the result only stays in the cache.</summary>
    public string? ExporterType { get; init; }

    /// <summary>The exporter's attributes. <c>name</c> must not be present and empty. Ignored without an exporter. Default: none.</summary>
    public IReadOnlyDictionary<string, string> ExporterAttributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Rights that the build needs: <c>network.host</c>, <c>security.insecure</c>. Default: none.</summary>
    public IReadOnlyList<string> Entitlements { get; init; } = [];

    /// <summary>Sources to be replaced by others. Default: none.</summary>
    public IReadOnlyList<SourceConversion> SourceConversions { get; init; } = [];

    /// <summary>What files must be that the build downloads, where the build itself does not say it. Default: none.</summary>
    public IReadOnlyList<SourceChecksum> SourceChecksums { get; init; } = [];

    /// <summary>
    /// The build fails when it would download a file without a checksum, or a repository at something else than a whole commit; conversions and checksums count.
    /// Default: false.
    /// </summary>
    public bool RefusesUnpinnedSources { get; init; }

    /// <summary>What the build may download as it is all the same, by the daemon's names of it; matched exactly. Default: none.</summary>
    public IReadOnlyList<string> AdmittedSources { get; init; } = [];

    /// <summary>Where to store the build cache. Default: only in the daemon.</summary>
    public IReadOnlyList<CacheExport> CacheExports { get; init; } = [];
}
