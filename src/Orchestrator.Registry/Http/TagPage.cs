using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Orchestrator.Registry.Http;

/// <summary>One page of a list of tags, and where the next one is (RFC 8288).</summary>
internal static partial class TagPage
{
    public static async Task<(IReadOnlyList<string> Tags, string? Next)> ReadAsync(HttpResponseMessage response, string host, string repository, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return ([], null);
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            using var document = await JsonDocument.ParseAsync(body, default, cancellationToken);
            // A repository without tags has null.
            var list = document.RootElement.GetProperty("tags");
            return (list.ValueKind == JsonValueKind.Null ? [] : [.. list.EnumerateArray().Select(tag => tag.GetString()!)], Next(response));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new RegistryContentException($"The registry {host} answers with no list while listing the tags of {repository}.", exception);
        }
    }

    private static string? Next(HttpResponseMessage response)
    {
        var link = response.Headers.TryGetValues("Link", out var values) ? Link().Match(string.Join(',', values)) : Match.Empty;
        return link.Success ? new Uri(response.RequestMessage!.RequestUri!, link.Groups["target"].Value).PathAndQuery.TrimStart('/') : null;
    }

    [GeneratedRegex("""<(?<target>[^>]+)>\s*;[^,]*\brel="?next"?""", RegexOptions.IgnoreCase)]
    private static partial Regex Link();
}
