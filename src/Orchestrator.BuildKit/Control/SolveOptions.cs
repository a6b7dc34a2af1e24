namespace Orchestrator.BuildKit.Control;

/// <summary>One build.</summary>
public sealed record SolveOptions
{
    /// <summary>The session that serves directories, secrets and credentials.</summary>
    public required string SessionId { get; init; }

    /// <summary>Who reads the Dockerfile.</summary>
    public string Frontend { get; init; } = "dockerfile.v0";

    /// <summary>Options of the frontend (buildkit-wire 6.1).</summary>
    public IReadOnlyDictionary<string, string> FrontendAttributes { get; init; } = new Dictionary<string, string>();

    /// <summary><c>moby</c> puts the image into the engine; null only builds.</summary>
    public string? ExporterType { get; init; }

    /// <summary>Options of the exporter (buildkit-wire 7.1).</summary>
    public IReadOnlyDictionary<string, string> ExporterAttributes { get; init; } = new Dictionary<string, string>();

    /// <summary><c>network.host</c>, <c>security.insecure</c>.</summary>
    public IReadOnlyList<string> Entitlements { get; init; } = [];
}
