namespace Orchestrator.BuildKit.Control;

/// <summary>What a build led to.</summary>
/// <param name="ExporterResponse">What the exporter says.</param>
public sealed record SolveResult(IReadOnlyDictionary<string, string> ExporterResponse)
{
    /// <summary>
    /// The digest under which the Engine knows the image: that of its config, or with containerd's store that of its manifest or index.
    /// Null when nothing was exported.
    /// </summary>
    public string? ImageDigest => ExporterResponse.GetValueOrDefault("containerimage.digest");
}
