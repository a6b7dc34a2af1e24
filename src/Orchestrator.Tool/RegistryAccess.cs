using Orchestrator.Docker;
using Orchestrator.Publishing;
using Orchestrator.Registry;

namespace Orchestrator.Tool;

/// <summary>Registries with the logins of Docker's configuration.</summary>
internal static class RegistryAccess
{
    /// <param name="insecure">Registries whose certificates are not checked, besides those of this machine.</param>
    public static Registries Open(ToolEnvironment environment, IReadOnlyList<string> insecure) =>
        Open(new CredentialStore(new DockerEnvironment(environment.Variables, environment.HomeDirectory, environment.IsWindows)), insecure);

    /// <summary>For questions that are not worth waiting for.</summary>
    public static Registries OpenBriefly(CredentialStore credentials, IReadOnlyList<string> insecure) =>
        new(new RegistryOptions { FindLogin = Registries.Logins(credentials), InsecureHosts = insecure, Budget = TimeSpan.FromSeconds(2), Retries = 0 });

    public static Registries Open(CredentialStore credentials, IReadOnlyList<string> insecure) =>
        new(new RegistryOptions { FindLogin = Registries.Logins(credentials), InsecureHosts = insecure });
}
