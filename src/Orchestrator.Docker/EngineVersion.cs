namespace Orchestrator.Docker;

/// <summary>The answer to <c>/version</c>.</summary>
public sealed record EngineVersion(string Version, string ApiVersion, string Os, string Architecture)
{
    /// <summary>The leading number of the version; 0 when there is none.</summary>
    public int Major => int.TryParse(Version.Split('.', '-', '+')[0], out var major) ? major : 0;
}
