using Microsoft.AspNetCore.Http;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>What the daemon wants of a directory, from the metadata of its call (buildkit-wire 4.1).</summary>
internal sealed record SyncRequest(string Directory, IReadOnlyList<string> Include, IReadOnlyList<string> Exclude, IReadOnlyList<string> FollowPaths)
{
    public static SyncRequest Read(IHeaderDictionary metadata) => new(
        Values(metadata, "dir-name") is [var name, ..] ? name : "",
        Values(metadata, "include-patterns"),
        Values(metadata, "exclude-patterns"),
        Values(metadata, "followpaths"));

    /// <summary>Repeated fields, one value each; query-escaped when the key's twin says so.</summary>
    private static List<string> Values(IHeaderDictionary metadata, string key)
    {
        var isEncoded = metadata[key + "-encoded"] == "1";
        return [.. metadata[key].OfType<string>().Select(value => isEncoded ? Uri.UnescapeDataString(value.Replace('+', ' ')) : value)];
    }
}
