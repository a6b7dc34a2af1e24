namespace Orchestrator.Graph;

/// <summary>A secret by name; its value is read when the build asks for it and is never part of a key, a log or an image.</summary>
/// <param name="Id">What <c>RUN --mount=type=secret,id=…</c> says.</param>
/// <param name="File">Absolute path of the file that holds it, or null.</param>
/// <param name="EnvironmentVariable">The variable that holds it, or null.</param>
internal sealed record BuildSecret(string Id, string? File, string? EnvironmentVariable)
{
    /// <summary>Where the variable may be besides the process environment.</summary>
    public SecretVariables Variables { get; init; } = SecretVariables.None;
}
