using System.Text.RegularExpressions;

namespace Orchestrator.Registry.Http;

/// <summary>Where the next page of a list is (RFC 8288).</summary>
internal static partial class NextPage
{
    /// <returns>Path and query; null on the last page.</returns>
    public static string? Of(HttpResponseMessage response)
    {
        var link = response.Headers.TryGetValues("Link", out var values) ? Link().Match(string.Join(',', values)) : Match.Empty;
        return link.Success ? new Uri(response.RequestMessage!.RequestUri!, link.Groups["target"].Value).PathAndQuery.TrimStart('/') : null;
    }

    [GeneratedRegex("""<(?<target>[^>]+)>\s*;[^,]*\brel="?next"?""", RegexOptions.IgnoreCase)]
    private static partial Regex Link();
}
