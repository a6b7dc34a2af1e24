using Orchestrator.Docker;

namespace Orchestrator.Tool;

/// <summary>
/// Where engines look for certificates of registries: one of the system, one without root (<c>CertsDir</c> of moby's registry package), and Docker Desktop, which
/// takes what is in the user's own folder. Which of them this machine's engine is need not be known, for nobody but its owner writes there.
/// </summary>
internal static class CertificateFolders
{
    private const string Name = "certs.d";

    public static IReadOnlyList<string> Of(DockerEnvironment environment)
    {
        var home = environment.HomeDirectory;
        var folders = environment.IsWindows
            ? new[] { environment["ProgramData"] is { } data ? Path.Join(data, "docker", Name) : null }
            : ["/etc/docker/certs.d", environment["XDG_CONFIG_HOME"] is { } settings ? Path.Join(settings, "docker", Name) : home.Length > 0 ? Path.Join(home, ".config", "docker", Name) : null];
        return [.. folders.Append(home.Length > 0 ? Path.Join(home, ".docker", Name) : null).OfType<string>()];
    }
}
