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

    /// <summary>Without an engine: only registries of this machine are insecure.</summary>
    public static Registries Open(ToolEnvironment environment) => new(Options(environment));

    public static Registries Open(EngineConnection connection) => new(Options(connection));

    /// <summary>For questions that are not worth waiting for; how long <see cref="TimeoutVariable"/> says, else two seconds.</summary>
    /// <param name="connection">Null: there is no engine, as for <see cref="Open(ToolEnvironment)"/>.</param>
    /// <param name="environment">Has the variable.</param>
    /// <param name="graph">What a diagnostic is about.</param>
    /// <param name="diagnostics">Receives what is wrong with the variable.</param>
    /// <returns>Null when the variable holds something else than a time; that is in <paramref name="diagnostics"/>.</returns>
    public static Registries? OpenBriefly(EngineConnection? connection, ToolEnvironment environment, SourceSpan graph, DiagnosticBag diagnostics)
    {
        var seconds = UsualSeconds;
        if (environment.Variables.GetValueOrDefault(TimeoutVariable) is { Length: > 0 } text && !(double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) && seconds is >= 0.1 and <= MostSeconds))
        {
            diagnostics.Add(Rules.MemoryNotAsked.At(graph, $"{TimeoutVariable} is '{text}', not a number of seconds from 0.1 to {MostSeconds}."));
            return null;
        }

        return new((connection is null ? Options(environment) : Options(connection)) with { Budget = TimeSpan.FromSeconds(seconds), Retries = 0 });
    }

    private static RegistryOptions Options(ToolEnvironment environment)
    {
        var docker = new DockerEnvironment(environment.Variables, environment.HomeDirectory, environment.IsWindows);
        return Options(docker, new CredentialStore(docker), []);
    }

    private static RegistryOptions Options(EngineConnection connection) => Options(connection.Environment, connection.Credentials, connection.InsecureRegistries);

    private static RegistryOptions Options(DockerEnvironment environment, CredentialStore credentials, IReadOnlyList<string> insecure) => new()
    {
        FindLogin = Registries.Logins(credentials),
        InsecureHosts = insecure,
        CertificateDirectories = CertificateFolders.Of(environment),
        Proxy = VariableProxy.Of(environment.Variables),
    };
}
