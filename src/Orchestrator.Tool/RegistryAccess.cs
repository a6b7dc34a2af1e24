using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Publishing;
using Orchestrator.Registry;

namespace Orchestrator.Tool;

/// <summary>Registries with the logins of Docker's configuration.</summary>
internal static class RegistryAccess
{
    /// <summary>Seconds, for a registry that is slower than most, or a helper that finds its login.</summary>
    private const string TimeoutVariable = "ORCHESTRATOR_REGISTRY_TIMEOUT";
    private const double UsualSeconds = 2;
    private const int MostSeconds = 600;

    /// <param name="insecure">Registries whose certificates are not checked, besides those of this machine.</param>
    public static Registries Open(ToolEnvironment environment, IReadOnlyList<string> insecure) =>
        Open(new CredentialStore(new DockerEnvironment(environment.Variables, environment.HomeDirectory, environment.IsWindows)), insecure);

    /// <summary>For questions that are not worth waiting for; how long <see cref="TimeoutVariable"/> says, else two seconds.</summary>
    /// <returns>Null when the variable holds something else than a time; that is in <paramref name="diagnostics"/>.</returns>
    public static Registries? OpenBriefly(EngineConnection connection, ToolEnvironment environment, SourceSpan graph, DiagnosticBag diagnostics)
    {
        var seconds = UsualSeconds;
        if (environment.Variables.GetValueOrDefault(TimeoutVariable) is { Length: > 0 } text && !(double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) && seconds is >= 0.1 and <= MostSeconds))
        {
            diagnostics.Add(Rules.MemoryNotAsked.At(graph, $"{TimeoutVariable} is '{text}', not a number of seconds from 0.1 to {MostSeconds}."));
            return null;
        }

        return new(new RegistryOptions
        {
            FindLogin = Registries.Logins(connection.Credentials),
            InsecureHosts = connection.InsecureRegistries,
            Budget = TimeSpan.FromSeconds(seconds),
            Retries = 0,
        });
    }

    public static Registries Open(CredentialStore credentials, IReadOnlyList<string> insecure) =>
        new(new RegistryOptions { FindLogin = Registries.Logins(credentials), InsecureHosts = insecure });
}
