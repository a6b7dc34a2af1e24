namespace Orchestrator.Docker.Transports;

/// <summary>Chooses the transport of an endpoint.</summary>
internal static class Transport
{
    /// <summary>The name that stands in the <c>Host</c> header where there is no host.</summary>
    public const string LocalHost = "api.moby.localhost";

    public static ITransport Of(DockerEndpoint endpoint) => endpoint.Address.Scheme switch
    {
        "unix" => new UnixTransport(endpoint),
        "npipe" => new PipeTransport(endpoint),
        "ssh" => new SshTransport(endpoint),
        "https" => new TlsTransport(endpoint, endpoint.Tls ?? new DockerTls(null, null, null, true)),
        _ when endpoint.Tls is { } tls => new TlsTransport(endpoint, tls),
        _ => new TcpTransport(endpoint),
    };
}
