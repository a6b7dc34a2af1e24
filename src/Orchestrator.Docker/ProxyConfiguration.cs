using Orchestrator.Docker.Configuration;

namespace Orchestrator.Docker;

/// <summary>The proxies that <c>config.json</c> gives to builds, as Docker's own command passes them.</summary>
public static class ProxyConfiguration
{
    private static readonly (string Key, string Variable)[] Names =
    [
        ("httpProxy", "HTTP_PROXY"), ("httpsProxy", "HTTPS_PROXY"), ("ftpProxy", "FTP_PROXY"), ("noProxy", "NO_PROXY"), ("allProxy", "ALL_PROXY"),
    ];

    /// <summary>Name and value of each proxy argument, in upper and lower case.</summary>
    /// <exception cref="DockerConfigurationException">The file is not readable.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(DockerEnvironment environment, DockerEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(endpoint);
        var arguments = new List<KeyValuePair<string, string>>();
        if (DockerConfigFile.Read(environment).Proxies(endpoint.Address.OriginalString) is not { } proxies)
        {
            return arguments;
        }

        foreach (var (key, variable) in Names)
        {
            if (DockerConfigFile.Text(proxies, key) is { Length: > 0 } value)
            {
                arguments.Add(new(variable, value));
#pragma warning disable CA1308 // both spellings are wanted
                arguments.Add(new(variable.ToLowerInvariant(), value));
#pragma warning restore CA1308
            }
        }

        return arguments;
    }
}
