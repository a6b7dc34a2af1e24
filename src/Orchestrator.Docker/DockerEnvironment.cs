namespace Orchestrator.Docker;

/// <summary>What this library may know of the process around it, captured once at the edge of the program.</summary>
/// <param name="Variables">The environment variables. Credential helpers are started with exactly these.</param>
/// <param name="HomeDirectory">The user's home; empty when there is none, and then no <c>~/.docker</c> is read.</param>
/// <param name="IsWindows">Chooses the default socket and how programs are found on <c>PATH</c>.</param>
public sealed record DockerEnvironment(IReadOnlyDictionary<string, string> Variables, string HomeDirectory, bool IsWindows)
{
    /// <summary>No variables, no home, not Windows.</summary>
    public static DockerEnvironment Empty { get; } = new(new Dictionary<string, string>(), "", false);

    /// <summary>The value of a variable; null when it is unset or empty. On Windows names are compared ignoring case.</summary>
    public string? this[string name]
    {
        get
        {
            if (!Variables.TryGetValue(name, out var value) && IsWindows)
            {
                value = Variables.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
            }

            return string.IsNullOrEmpty(value) ? null : value;
        }
    }

    /// <summary><c>DOCKER_CONFIG</c>, else <c>.docker</c> in the home directory; empty when neither is known.</summary>
    public string ConfigDirectory =>
        this["DOCKER_CONFIG"] ?? (HomeDirectory.Length == 0 ? "" : Path.Combine(HomeDirectory, ".docker"));
}
