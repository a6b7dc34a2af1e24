namespace Orchestrator.BuildKit.Control;

/// <summary>A build that came to its end.</summary>
/// <param name="ExporterResponse">What the exporter says (buildkit-wire 7.2).</param>
public sealed record SolveResult(IReadOnlyDictionary<string, string> ExporterResponse)
{
    /// <summary>In both stores what the engine accepts as the image's ID.</summary>
    public string? ImageDigest => ExporterResponse.GetValueOrDefault("containerimage.digest");
}
