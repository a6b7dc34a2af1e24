using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Testing;

/// <summary>
/// A real registry with tokens that says of a repository that is not there yet what it says of one that may not be seen, 401: to whoever asks for less than the right
/// to write it, as Docker Hub and Quay do, or to everybody.
/// </summary>
internal sealed class HidingRegistry : IAsyncDisposable
{
    private readonly TestRegistry _registry;
    private readonly FaultyProxy _proxy;
    private readonly bool _hidesFromWriters;
    private readonly ConcurrentDictionary<string, bool> _made = new(StringComparer.Ordinal);

    private HidingRegistry(TestTokenServer tokens, TestRegistry registry, FaultyProxy proxy, bool hidesFromWriters)
    {
        (Tokens, _registry, _proxy, _hidesFromWriters) = (tokens, registry, proxy, hidesFromWriters);
        proxy.Fault = HideAsync;
    }

    public TestTokenServer Tokens { get; }

    /// <summary>As in references.</summary>
    public string Host => _proxy.Host;

    /// <summary>Method and path of everything that came, in order.</summary>
    public IEnumerable<string> Requests => _proxy.Requests;

    public static async Task<HidingRegistry> StartAsync(bool hidesFromWriters)
    {
        var tokens = await TestTokenServer.StartAsync();
        var registry = await TestRegistry.StartAsync(token: tokens.Configuration);
        return new HidingRegistry(tokens, registry, await FaultyProxy.StartAsync(registry.Host), hidesFromWriters);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _registry.DisposeAsync();
        await Tokens.DisposeAsync();
    }

    private Task<bool> HideAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Split('/');
        var repository = string.Join('/', path.Skip(2).TakeWhile(part => part is not ("manifests" or "blobs" or "tags" or "referrers")));
        var mayWrite = Claims(context.Request.Headers.Authorization.ToString()).Contains("\"push\"", StringComparison.Ordinal);
        if (context.Request.Method == "POST" && mayWrite)
        {
            _made.TryAdd(repository, true);
        }

        var isHidden = repository.Length > 0 && context.Request.Method is "GET" or "HEAD" && !_made.ContainsKey(repository) && (_hidesFromWriters || !mayWrite);
        if (isHidden)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{Tokens.Address}/token\",service=\"test registry\",scope=\"repository:{repository}:pull\"";
        }

        return Task.FromResult(isHidden);
    }

    private static string Claims(string authorization)
    {
        var parts = authorization.Split('.');
        return parts.Length == 3 ? Encoding.UTF8.GetString(Convert.FromBase64String(parts[1].Replace('-', '+').Replace('_', '/').PadRight((parts[1].Length + 3) / 4 * 4, '='))) : "";
    }
}
