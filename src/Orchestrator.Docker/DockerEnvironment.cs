namespace Orchestrator.Docker;

/// <summary>What the process's environment says about Docker, captured once at the edge.</summary>
/// <param name="Variables">The environment's variables.</param>
/// <param name="HomeDirectory">The user's home; empty when there is none.</param>
/// <param name="IsWindows">Whether named pipes are the default transport.</param>
public sealed record DockerEnvironment(IReadOnlyDictionary<string, string> Variables, string HomeDirectory, bool IsWindows)
{
    /// <summary>An environment that says nothing.</summary>
    public static DockerEnvironment Empty { get; } = new(new Dictionary<string, string>(), "", false);

    /// <summary>The folder of Docker's <c>config.json</c>: <c>DOCKER_CONFIG</c>, else <c>~/.docker</c>.</summary>
    public string ConfigDirectory => this["DOCKER_CONFIG"] ?? Path.Join(HomeDirectory, ".docker");

    /// <summary>A variable's value; null when it is unset or empty.</summary>
    public string? this[string name] => Variables.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
