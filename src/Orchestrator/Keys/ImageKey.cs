using Orchestrator.Graph;

namespace Orchestrator.Keys;

/// <summary>
/// The key of one image: one ordered walk over everything that decides what it contains. It covers more than needed rather than less: the whole
/// Dockerfile and, when anything is read from it, the whole context after its ignore file. Nothing absolute and no time is in it.
/// </summary>
internal static class ImageKey
{
    /// <summary>Raise it when the walk changes; every image is then built once more.</summary>
    private const int FormatVersion = 1;

    public static CacheKey Compute(KeyInputs inputs)
    {
        using var key = new KeyWriter();
        key.Field("format", FormatVersion);
        key.Field("platform", inputs.Platform);
        key.Field("dockerfile", inputs.DockerfileText);
        key.Field("ignore", inputs.IgnoreText);
        WriteDefinition(key, inputs.Definition);
        key.Field("context", inputs.Context.Digest);
        key.List("named contexts", inputs.NamedContexts.Count);
        foreach (var (name, snapshot) in inputs.NamedContexts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            key.Field(name, snapshot.Digest);
        }

        WritePairs(key, "proxies", inputs.Proxies);
        WritePairs(key, "parents", inputs.Parents);
        WritePairs(key, "externals", inputs.Externals);
        return key.Finish();
    }

    private static void WriteDefinition(KeyWriter key, BuildDefinition build)
    {
        key.Field("target", build.Target?.Value);
        key.List("arguments", build.Arguments.Count);
        foreach (var (name, value) in build.Arguments.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            key.Field(name, value.Value);
        }

        WritePairs(key, "labels", build.Labels.Select(pair => (pair.Key, pair.Value.Value)));
        WritePairs(key, "additional contexts", build.AdditionalContexts.Where(pair => !Path.IsPathRooted(pair.Value.Value)).Select(pair => (pair.Key, pair.Value.Value)));
        key.Field("network", build.Network?.Value);
        key.Field("shm size", build.SharedMemorySize?.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        WritePairs(key, "extra hosts", build.ExtraHosts.Select(host => (host.Value, "")));
        WritePairs(key, "ulimits", build.Ulimits.Select(limit => (limit.Value, "")));
        WritePairs(key, "secrets", build.Secrets.Select(secret => (secret.Value.Id, "")));
        WritePairs(key, "ssh", build.Ssh.Select(agent => (agent.Value.Split('=')[0], "")));
    }

    private static void WritePairs(KeyWriter key, string name, IEnumerable<(string Name, string Value)> pairs)
    {
        var sorted = pairs.OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal).ToList();
        key.List(name, sorted.Count);
        foreach (var pair in sorted)
        {
            key.Field(pair.Name, pair.Value);
        }
    }
}
