using Orchestrator.Graph;

namespace Orchestrator.Building;

/// <summary>
/// Where GitHub's cache is and the right to it, which a job on GitHub has in its environment; buildx fills it in the same way (its <c>addGithubToken</c>). It is added to the
/// daemon's request alone: the token is in no key, graph or message.
/// </summary>
internal static class GitHubCache
{
    private const string NewService = "2";

    /// <returns>Null when it is a cache of GitHub's and nothing tells how to reach it, as on a developer's machine: the build goes without.</returns>
    public static IReadOnlyDictionary<string, string>? Attributes(CacheLocation location, IReadOnlyDictionary<string, string> environment)
    {
        if (location.Type != CacheLocation.Gha)
        {
            return location.Attributes;
        }

        var attributes = new Dictionary<string, string>(location.Attributes, StringComparer.Ordinal);
        var version = attributes.GetValueOrDefault("version") ?? (environment.GetValueOrDefault("ACTIONS_CACHE_SERVICE_V2") is "1" or "t" or "T" or "TRUE" or "true" or "True" ? NewService : null);
        Fill("token", environment.GetValueOrDefault("ACTIONS_RUNTIME_TOKEN"));
        Fill("url_v2", version == NewService ? environment.GetValueOrDefault("ACTIONS_RESULTS_URL") : null);
        Fill("url", environment.GetValueOrDefault("ACTIONS_CACHE_URL") ?? environment.GetValueOrDefault("ACTIONS_RESULTS_URL"));
        return Has("token") && (Has("url") || Has("url_v2")) ? attributes : null;

        void Fill(string name, string? value)
        {
            if (value is not null)
            {
                attributes.TryAdd(name, value);
            }
        }

        bool Has(string name) => attributes.GetValueOrDefault(name) is { Length: > 0 };
    }
}
