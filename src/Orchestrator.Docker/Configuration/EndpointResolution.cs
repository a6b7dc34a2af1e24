namespace Orchestrator.Docker.Configuration;

/// <summary>
/// Finds the engine in the docker command's order: <c>DOCKER_HOST</c> beats every context, a context beats the default socket.
/// Certificates come from where the address came from.
/// </summary>
internal sealed class EndpointResolution(DockerEnvironment environment, Func<string, bool> fileExists)
{
    private const string DefaultContext = "default";
    private const string DefaultSocket = "/var/run/docker.sock";
    private const string DefaultPipe = "npipe:////./pipe/docker_engine";

    public DockerEndpoint Resolve()
    {
        if (environment["DOCKER_HOST"] is { } host)
        {
            return FromVariable(host);
        }

        var fromVariable = environment["DOCKER_CONTEXT"];
        var name = fromVariable ?? ConfigFile.Read(environment).CurrentContext;
        if (string.IsNullOrEmpty(name) || name == DefaultContext)
        {
            return Default();
        }

        return new ContextStore(environment, fileExists)
            .Read(name, fromVariable is null ? $"currentContext in {ConfigFile.PathIn(environment)}" : "DOCKER_CONTEXT");
    }

    private DockerEndpoint FromVariable(string host)
    {
        const string origin = "DOCKER_HOST";
        var verify = environment["DOCKER_TLS_VERIFY"] is not null;
        var wantsTls = verify || environment["DOCKER_TLS"] is not null;
        var address = HostAddress.Parse(host, origin, wantsTls);
        var isNetwork = address.Scheme is "tcp" or "http" or "https";
        return new DockerEndpoint(address, origin, isNetwork && wantsTls ? TlsFiles(verify) : null);
    }

    private DockerTls TlsFiles(bool verify)
    {
        var directory = environment["DOCKER_CERT_PATH"] ?? environment.ConfigDirectory;
        var authority = Path.Combine(directory, "ca.pem");
        if (verify && !fileExists(authority))
        {
            throw new DockerConfigurationException(
                $"DOCKER_TLS_VERIFY is set, but there is no {authority}; DOCKER_CERT_PATH names the directory of ca.pem, cert.pem and key.pem.");
        }

        var certificate = Path.Combine(directory, "cert.pem");
        var key = Path.Combine(directory, "key.pem");
        var hasCertificate = fileExists(certificate) && fileExists(key);
        return new DockerTls(
            verify ? authority : null,
            hasCertificate ? certificate : null,
            hasCertificate ? key : null,
            verify);
    }

    private DockerEndpoint Default()
    {
        const string origin = "the default socket";
        if (environment.IsWindows)
        {
            return new DockerEndpoint(new Uri(DefaultPipe), origin, null);
        }

        var socket = DefaultSocket;
        if (!fileExists(socket) && environment["XDG_RUNTIME_DIR"] is { } runtime)
        {
            var rootless = Path.Combine(runtime, "docker.sock");
            socket = fileExists(rootless) ? rootless : socket;
        }

        return new DockerEndpoint(HostAddress.Parse("unix://" + socket, origin, tls: false), origin, null);
    }
}
