using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Registry.Http;

/// <summary>
/// Docker's rule for registries that need no certificate (https://docs.docker.com/reference/cli/dockerd/#insecure-registries): the machine itself, those that are
/// named, and those with an address in a network that is named. Docker Hub is in no such network.
/// </summary>
internal static class InsecureRegistry
{
    public static bool IsNamed(HostAddress address, RegistryOptions options) =>
        (address.IsLoopback && options.AuthorityFile is null) || options.InsecureHosts.Contains(address.Name);

    /// <summary>Looks for the addresses of a name; where there are none, it is in no network.</summary>
    public static async Task<bool> IsInNetworkAsync(HostAddress address, RegistryOptions options, CancellationToken cancellationToken)
    {
        var networks = options.InsecureHosts.Select(host => IPNetwork.TryParse(host, out var network) ? network : (IPNetwork?)null).OfType<IPNetwork>().ToList();
        return networks.Count > 0 && !address.IsDockerHub
            && (await AddressesAsync(address, options.Proxy, cancellationToken)).Any(found => networks.Exists(network => network.Contains(found)));
    }

    private static async Task<IReadOnlyList<IPAddress>> AddressesAsync(HostAddress address, IWebProxy proxy, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(address.Host, out var literal))
        {
            return [literal];
        }

        // Behind a proxy names need not mean anything here, and to find that out may take long.
        if (!proxy.IsBypassed(new Uri($"https://{address.Authority}/")))
        {
            return [];
        }

        try
        {
            return await Dns.GetHostAddressesAsync(address.Host, cancellationToken);
        }
        catch (SocketException)
        {
            return [];
        }
    }
}
