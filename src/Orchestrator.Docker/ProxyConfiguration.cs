using Orchestrator.Docker.Configuration;

namespace Orchestrator.Docker;

/// <summary>The proxies that the user wants builds and containers to use.</summary>
public static class ProxyConfiguration
{
    private const string ForEveryEngine = "default";

    /// <summary>
    /// <c>proxies</c> of <c>config.json</c> as variables, each name in capitals and in small letters. An entry for the engine's
    /// address replaces the entry <c>default</c>; nothing is merged. Empty when there is neither.
    /// </summary>
    /// <exception cref="DockerConfigurationException">The file is not valid.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(DockerEnvironment environment, DockerEndpoint endpoint)
    {
        var proxies = ConfigFile.Read(environment).Proxies;
        var entry = proxies?.GetValueOrDefault(endpoint.Address.OriginalString)
            ?? proxies?.GetValueOrDefault(endpoint.Address.OriginalString.TrimEnd('/'))
            ?? proxies?.GetValueOrDefault(ForEveryEngine);
        if (entry is null)
        {
            return [];
        }

        var variables = new List<KeyValuePair<string, string>>();
        Add("HTTP_PROXY", entry.HttpProxy);
        Add("HTTPS_PROXY", entry.HttpsProxy);
        Add("NO_PROXY", entry.NoProxy);
        Add("FTP_PROXY", entry.FtpProxy);
        Add("ALL_PROXY", entry.AllProxy);
        return variables;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                variables.Add(new(name, value));
                variables.Add(new(name.ToLowerInvariant(), value));
            }
        }
    }
}
