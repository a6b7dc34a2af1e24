using Orchestrator.Docker.Configuration;

namespace Orchestrator.Docker;

/// <summary>Where the engine is, and who said so.</summary>
/// <param name="Address"><c>unix://</c>, <c>npipe://</c>, <c>tcp://</c> or <c>ssh://</c>.</param>
/// <param name="Origin">In words: "DOCKER_HOST", "context 'x'", "the default socket".</param>
/// <param name="Tls">Set for a secured tcp endpoint.</param>
public sealed record DockerEndpoint(Uri Address, string Origin, DockerTls? Tls = null)
{
    private const string DefaultContext = "default";

    /// <summary>
    /// The order of Docker's own command: <c>DOCKER_HOST</c>, <c>DOCKER_CONTEXT</c>, the current context of <c>config.json</c>, the default socket.
    /// </summary>
    /// <exception cref="DockerConfigurationException">A variable or a context is not usable.</exception>
    public static DockerEndpoint Resolve(DockerEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (environment["DOCKER_HOST"] is { } host)
        {
            return new DockerEndpoint(Parse(host, "DOCKER_HOST"), "DOCKER_HOST", TlsOfEnvironment(environment));
        }

        var fromVariable = environment["DOCKER_CONTEXT"];
        var context = fromVariable ?? DockerConfigFile.Read(environment).CurrentContext;
        return context is null or "" or DefaultContext ? Default(environment) : ContextStore.Read(environment, context);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Address.OriginalString} ({Origin})";

    internal static Uri Parse(string text, string origin)
    {
        var withScheme = text.Contains("://", StringComparison.Ordinal) ? text : "tcp://" + text;
        if (!Uri.TryCreate(withScheme, UriKind.Absolute, out var address))
        {
            throw new DockerConfigurationException($"{origin} is '{text}', which is no address of an engine.");
        }

        return address.Scheme is "unix" or "npipe" or "tcp" or "http" or "https" or "ssh"
            ? address
            : throw new DockerConfigurationException($"{origin} is '{text}'; addresses start with unix://, npipe://, tcp:// or ssh://.");
    }

    private static DockerTls? TlsOfEnvironment(DockerEnvironment environment)
    {
        var verify = environment["DOCKER_TLS_VERIFY"] is not null;
        if (!verify && environment["DOCKER_TLS"] is null)
        {
            return null;
        }

        var directory = environment["DOCKER_CERT_PATH"] ?? environment.ConfigDirectory;
        return ContextStore.TlsOf(directory, verify) ?? new DockerTls(null, null, null, verify);
    }

    private static DockerEndpoint Default(DockerEnvironment environment)
    {
        const string SystemSocket = "/var/run/docker.sock";
        if (environment.IsWindows)
        {
            return new DockerEndpoint(new Uri("npipe:////./pipe/docker_engine"), "the default pipe");
        }

        if (!File.Exists(SystemSocket) && environment["XDG_RUNTIME_DIR"] is { } runtime && File.Exists(Path.Join(runtime, "docker.sock")))
        {
            return new DockerEndpoint(new Uri("unix://" + Path.Join(runtime, "docker.sock")), "the user's default socket");
        }

        return new DockerEndpoint(new Uri("unix://" + SystemSocket), "the default socket");
    }
}
