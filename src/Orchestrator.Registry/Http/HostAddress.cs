using System.Net;

namespace Orchestrator.Registry.Http;

/// <summary>A registry's name in references, and where it is.</summary>
/// <param name="Name"><c>docker.io</c>, <c>registry.example:5000</c>.</param>
/// <param name="Authority">Whom to connect to.</param>
internal sealed record HostAddress(string Name, string Authority)
{
    /// <summary>The registry behind the name Docker Hub.</summary>
    private const string DockerHub = "registry-1.docker.io";

    /// <exception cref="ArgumentException">It is not <c>host[:port]</c>.</exception>
    public static HostAddress Of(string host)
    {
        var authority = host is "docker.io" or "index.docker.io" ? DockerHub : host;
        return Uri.TryCreate($"https://{authority}/", UriKind.Absolute, out var uri) && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0
            ? new HostAddress(host, authority)
            : throw new ArgumentException($"'{host}' is not the name of a registry.", nameof(host));
    }

    /// <summary>Name or address of the machine.</summary>
    public string Host => new Uri($"https://{Authority}/").Host.Trim('[', ']');

    public bool HasPort => !new Uri($"https://{Authority}/").IsDefaultPort || !new Uri($"http://{Authority}/").IsDefaultPort;

    public bool IsDockerHub => Authority == DockerHub;

    /// <summary>Docker's rule: the machine itself is never spoken to with care.</summary>
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}
