using Orchestrator.Docker.Configuration;

namespace Orchestrator.Docker.Transports;

/// <summary>Which transport an address needs.</summary>
internal static class TransportChoice
{
    /// <summary>Any will do where no network name exists; Go clients send this one.</summary>
    public const string LocalHost = "api.moby.localhost";

    public const int ConnectionLimit = 16;

    public const string SshProgram = "ssh";

    /// <exception cref="DockerConfigurationException">Nothing here can reach such an address.</exception>
    public static ITransport For(DockerEndpoint endpoint)
    {
        var address = endpoint.Address;
        return address.Scheme switch
        {
            "unix" => new UnixTransport(HostAddress.LocalPath(address), endpoint.Origin),
            "npipe" => new NamedPipeTransport(HostAddress.LocalPath(address), endpoint.Origin),
            "tcp" or "http" when endpoint.Tls is null => new TcpTransport(address),
            "tcp" or "http" => new TlsTransport(new TcpTransport(address), endpoint.Tls),
            "https" => new TlsTransport(new TcpTransport(address), endpoint.Tls ?? new DockerTls(null, null, null, Verify: true)),
            "ssh" => new SshTransport(address, SshProgram),
            _ => throw new DockerConfigurationException(
                $"The Docker address '{address.OriginalString}' from {endpoint.Origin} cannot be used: no way to reach {address.Scheme}:// is known."),
        };
    }
}
