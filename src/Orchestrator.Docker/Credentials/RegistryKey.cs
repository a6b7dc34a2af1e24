namespace Orchestrator.Docker.Credentials;

/// <summary>The names under which docker stores what belongs to one registry. Docker Hub has several, for history's sake.</summary>
internal sealed class RegistryKey(string registryHost)
{
    private const string DockerHub = "https://index.docker.io/v1/";

    private static readonly string[] DockerHubHosts = ["index.docker.io", "docker.io", "registry-1.docker.io"];

    private readonly string[] _hosts = DockerHubHosts.Contains(HostOf(registryHost)) ? DockerHubHosts : [HostOf(registryHost)];

    /// <summary>The name that a helper is asked with.</summary>
    public string Primary => _hosts.Length > 1 ? DockerHub : _hosts[0];

    /// <summary>The registry of an image; a name without one, as Docker tells them, is one of Docker Hub's.</summary>
    public static RegistryKey OfImage(string reference)
    {
        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : reference[..slash];
        return new RegistryKey(first == "localhost" || first.AsSpan().ContainsAny('.', ':') ? first : DockerHubHosts[0]);
    }

    /// <summary>The entry of this registry, by its primary name if it is there, else by any name of the same host.</summary>
    public T? FindIn<T>(IReadOnlyDictionary<string, T?> entries)
        where T : class
    {
        if (entries.TryGetValue(Primary, out var entry))
        {
            return entry;
        }

        return entries.Where(pair => _hosts.Contains(HostOf(pair.Key))).OrderBy(pair => pair.Key, StringComparer.Ordinal).FirstOrDefault().Value;
    }

    /// <summary>Old files have whole addresses: <c>https://registry.example/v1/</c>.</summary>
    private static string HostOf(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? address : address[(scheme + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return (slash < 0 ? rest : rest[..slash]).ToLowerInvariant();
    }
}
