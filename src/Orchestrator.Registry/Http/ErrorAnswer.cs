using System.Text.Json;

namespace Orchestrator.Registry.Http;

/// <summary>Reads errors (https://github.com/opencontainers/distribution-spec, "error codes"). The body's own words are shown, shortened; addresses never.</summary>
internal static class ErrorAnswer
{
    private const int ReadBytes = 64 * 1024;
    private const int ShownCharacters = 300;

    /// <param name="failure">What failed, as the beginning of a sentence.</param>
    /// <param name="isLoggedIn">Whether a refusal came after a login that was taken.</param>
    public static async Task<RegistryApiException> ReadAsync(HttpResponseMessage response, string failure, TimeProvider time, CancellationToken cancellationToken, bool isLoggedIn = false)
    {
        var (codes, text) = Parse(await BodyAsync(response, cancellationToken));
        var status = $"{(int)response.StatusCode} {response.StatusCode}";
        return new RegistryApiException(response.StatusCode, codes, $"{failure}: {status}{(text.Length > 0 ? $", {text}" : "")}.", RetryAfter(response, time)) { MayMeanAbsent = isLoggedIn };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static async Task<byte[]> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[ReadBytes];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            return buffer[..length];
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return []; // The status says enough.
        }
    }

    private static (IReadOnlyList<string> Codes, string Text) Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
            {
                var items = errors.EnumerateArray().Where(error => error.ValueKind == JsonValueKind.Object).Select(error => (Code: Text(error, "code"), Message: Text(error, "message"))).ToList();
                return ([.. items.Select(item => item.Code)], Shorten(string.Join("; ", items.Select(item => item.Message.Length > 0 ? $"{item.Message} ({item.Code})" : item.Code))));
            }

            return ([], document.RootElement.ValueKind == JsonValueKind.Object ? Shorten(Text(document.RootElement, "details") is { Length: > 0 } details ? details : Text(document.RootElement, "message")) : "");
        }
        catch (JsonException)
        {
            return ([], ""); // A proxy's page says nothing to a person reading a log.
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Shorten(string text) => text.Length > ShownCharacters ? text[..ShownCharacters] + "…" : text;
}
