using Orchestrator.Docker.Configuration;

namespace Orchestrator.Docker;

/// <summary>Where the engine is.</summary>
/// <param name="Address"><c>unix</c>, <c>npipe</c>, <c>tcp</c>, <c>http</c>, <c>https</c> or <c>ssh</c>.</param>
/// <param name="Origin">Who said so, in words that fit into a sentence: "DOCKER_HOST", "context 'x'", "the default socket".</param>
/// <param name="Tls">Null speaks without TLS. Ignored for unix, npipe and ssh.</param>
public sealed record DockerEndpoint(Uri Address, string Origin, DockerTls? Tls)
{
    /// <summary>Sent with every request, unless it says something else itself. Default: none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>
    /// The engine that the docker command would use: <c>DOCKER_HOST</c>, else the context named by <c>DOCKER_CONTEXT</c> or by
    /// <c>currentContext</c> in <c>config.json</c>, else the default socket.
    /// </summary>
    /// <exception cref="DockerConfigurationException">An address, a context or a certificate file is wrong or missing, or a header cannot be sent.</exception>
    public static DockerEndpoint Resolve(DockerEnvironment environment) => new EndpointResolution(environment, File.Exists).Resolve() with { Headers = EngineHeaders.Read(environment) };
}
