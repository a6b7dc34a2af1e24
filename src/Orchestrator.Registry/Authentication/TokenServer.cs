using System.Net;
using System.Text.Json;
using Orchestrator.Registry.Http;

namespace Orchestrator.Registry.Authentication;

/// <summary>Fetches tokens: with GET and a password, as nobody in particular, or with OAuth2 and an identity token.</summary>
internal sealed class TokenServer(HttpClient client, string host, TimeProvider time)
{
    private const string ClientId = "orchestrator";

    /// <summary>Tokens are renewed when this part of their life is over.</summary>
    private const double UsedPart = 0.8;

    /// <exception cref="RegistryApiException">The server refuses, or its answer is no token.</exception>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    public async Task<BearerToken> FetchAsync(
        Uri realm, string service, IReadOnlyList<AccessScope> scopes, RegistryLogin? login, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        using var request = login is { IsIdentityToken: true } ? Refresh(realm, service, scopes, login) : Get(realm, service, scopes, login);
        using var response = await client.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            var who = login is null ? "without credentials" : $"with the stored credentials ({login})";
            throw await ErrorAnswer.ReadAsync(response, $"The token server {realm.Authority} of the registry {host} gave no token {who}", time, cancellationToken);
        }

        var answer = await ReadAsync(response, realm, cancellationToken);
        return new BearerToken(answer.Value!, scopes, asked + (answer.Life * UsedPart));
    }

    private static HttpRequestMessage Get(Uri realm, string service, IReadOnlyList<AccessScope> scopes, RegistryLogin? login)
    {
        var query = scopes.Select(scope => $"scope={Uri.EscapeDataString(scope.ToString())}").Prepend($"service={Uri.EscapeDataString(service)}");
        var separator = realm.Query.Length == 0 ? "?" : "&";
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(realm.AbsoluteUri + separator + string.Join('&', query)));
        request.Headers.Authorization = login is null ? null : BasicHeader.For(login);
        return request;
    }

    private static HttpRequestMessage Refresh(Uri realm, string service, IReadOnlyList<AccessScope> scopes, RegistryLogin login) =>
        new(HttpMethod.Post, realm)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["service"] = service,
                ["client_id"] = ClientId,
                ["scope"] = string.Join(' ', scopes),
                ["refresh_token"] = login.Secret,
            }),
        };

    private async Task<TokenAnswer> ReadAsync(HttpResponseMessage response, Uri realm, CancellationToken cancellationToken)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            if (JsonSerializer.Deserialize(bytes, TokenJson.Default.TokenAnswer) is { Value.Length: > 0 } answer && !answer.Value.AsSpan().ContainsAny("\r\n "))
            {
                return answer;
            }
        }
        catch (JsonException)
        {
            // Without the cause: its message may quote a token.
        }

        throw new RegistryApiException(HttpStatusCode.Unauthorized, [], $"The token server {realm.Authority} of the registry {host} answered with something that is no token.");
    }
}
