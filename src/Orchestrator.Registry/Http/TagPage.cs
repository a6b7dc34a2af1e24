using System.Net;
using System.Text.Json;

namespace Orchestrator.Registry.Http;

/// <summary>One page of a list of tags, and where the next one is.</summary>
internal static class TagPage
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
            return (list.ValueKind == JsonValueKind.Null ? [] : [.. list.EnumerateArray().Select(tag => tag.GetString()!)], NextPage.Of(response));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new RegistryContentException($"The registry {host} answers with no list while listing the tags of {repository}.", exception);
        }
    }
}
