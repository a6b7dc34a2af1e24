using System.Net;
using System.Net.Http.Headers;

namespace Orchestrator.Registry.Authentication;

/// <summary>
/// What one registry wants to see, learnt from its challenges, and the tokens that it was given. Tokens are shared by all requests whose scopes
/// they cover, renewed before they end, and thrown away when the registry refuses them.
/// </summary>
internal sealed class HostAuthorization(string host, Func<bool> isInsecure, TokenServer tokens, FindLogin findLogin, TimeProvider time) : IDisposable
{
    private const string Bearer = "Bearer";

    /// <summary>One at a time: a helper may ask the user, and many requests wait for the same token.</summary>
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<BearerToken> _tokens = [];
    private Challenge? _challenge;
    private Task<RegistryLogin?>? _login;

    /// <summary>Whether somebody in particular has asked so far, and a server that gives tokens, or the registry, took the login.</summary>
    public bool HasLogin => _login is { IsCompletedSuccessfully: true, Result.IsRegistryToken: false };

    /// <summary>The header for a request; null when the registry has asked for none so far.</summary>
    public async Task<AuthenticationHeaderValue?> HeaderAsync(IReadOnlyList<AccessScope> scopes, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_challenge is not { } challenge)
            {
                return null;
            }

            if (challenge.IsBasic)
            {
                return await LoginAsync(cancellationToken) is { IsIdentityToken: false, IsRegistryToken: false } login ? BasicHeader.For(login) : null;
            }

            if (await LoginAsync(cancellationToken) is { IsRegistryToken: true } own)
            {
                return new AuthenticationHeaderValue(Bearer, own.Secret);
            }

            _tokens.RemoveAll(token => token.UsedUntil <= time.GetUtcNow());
            var token = _tokens.Find(token => token.Covers(scopes));
            if (token is null)
            {
                token = await tokens.FetchAsync(Realm(challenge), challenge["service"], scopes, await LoginAsync(cancellationToken), cancellationToken);
                _tokens.Add(token);
            }

            return new AuthenticationHeaderValue(Bearer, token.Value);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Takes in a refusal (401).</summary>
    /// <param name="refused">The header that the request had; null when it had none.</param>
    /// <returns>The scopes to try with; null when there is nothing better to try.</returns>
    public async Task<IReadOnlyList<AccessScope>?> LearnAsync(
        IReadOnlyList<Challenge> challenges, AuthenticationHeaderValue? refused, IReadOnlyList<AccessScope> scopes, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var challenge = challenges.Where(item => item.IsUsable).MaxBy(item => item.IsBearer);
            if (challenge is null)
            {
                return null;
            }

            _challenge = challenge;
            if (challenge.IsBasic)
            {
                return refused is null && await LoginAsync(cancellationToken) is { IsIdentityToken: false, IsRegistryToken: false } ? scopes : null;
            }

            if (await LoginAsync(cancellationToken) is { IsRegistryToken: true })
            {
                return refused is null ? scopes : null;
            }

            _tokens.RemoveAll(token => token.Value == refused?.Parameter);
            return AccessScope.Merge(scopes.Concat(AccessScope.Parse(challenge["scope"])));
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private Task<RegistryLogin?> LoginAsync(CancellationToken cancellationToken)
    {
        if (_login is null or { IsFaulted: true } or { IsCanceled: true })
        {
            _login = findLogin(host, cancellationToken);
        }

        return _login;
    }

    private Uri Realm(Challenge challenge)
    {
        if (!Uri.TryCreate(challenge["realm"], UriKind.Absolute, out var realm) || realm.Scheme is not ("https" or "http") || realm.UserInfo.Length > 0)
        {
            throw new RegistryApiException(HttpStatusCode.Unauthorized, [], $"The registry {host} names no usable address of its token server.");
        }

        return realm.Scheme == "https" || isInsecure()
            ? realm
            : throw new RegistryApiException(HttpStatusCode.Unauthorized, [], $"The registry {host} wants credentials sent to its token server {realm.Authority} without encryption; that is refused.");
    }
}
