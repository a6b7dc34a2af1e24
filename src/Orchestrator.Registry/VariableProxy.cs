using System.Net;
using Orchestrator.Registry.Http;

namespace Orchestrator.Registry;

/// <summary>
/// The proxy that the environment's variables name, by the rules of Go's programs, and so of Docker's (https://pkg.go.dev/golang.org/x/net/http/httpproxy):
/// <c>HTTP_PROXY</c>, <c>HTTPS_PROXY</c>, <c>NO_PROXY</c>, also in small letters. <c>ALL_PROXY</c> stands in for either, as in .NET and curl.
/// </summary>
public sealed class VariableProxy : IWebProxy
{
    private readonly (Uri Address, NetworkCredential? Login)? _http;
    private readonly (Uri Address, NetworkCredential? Login)? _https;
    private readonly ProxyExceptions _exceptions;

    private VariableProxy(string? http, string? https, string exceptions)
    {
        (_http, _https, _exceptions) = (Parse(http), Parse(https), ProxyExceptions.Parse(exceptions));
        Credentials = new Logins(this);
    }

    /// <summary>The names and passwords of the proxies' own addresses.</summary>
    public ICredentials? Credentials { get; set; }

    /// <param name="variables">The environment.</param>
    /// <returns>Where no variable names a proxy, what the system has.</returns>
    public static IWebProxy Of(IReadOnlyDictionary<string, string> variables)
    {
        var all = Find("ALL_PROXY");
        return (Find("HTTP_PROXY") ?? all, Find("HTTPS_PROXY") ?? all) is var (http, https) && (http ?? https) is not null
            ? new VariableProxy(http, https, Find("NO_PROXY") ?? "")
            : HttpClient.DefaultProxy;

        string? Find(string name) => variables.GetValueOrDefault(name) is { Length: > 0 } text ? text
            : variables.GetValueOrDefault(name.ToLowerInvariant()) is { Length: > 0 } small ? small
            : null;
    }

    public Uri? GetProxy(Uri destination) => _exceptions.Cover(destination) ? null : (destination.Scheme == Uri.UriSchemeHttps ? _https : _http)?.Address;

    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    /// <returns>Null for what is no address of a proxy, as if it were not set.</returns>
    private static (Uri Address, NetworkCredential? Login)? Parse(string? text)
    {
        const string Separator = "://";
        var address = text is null || text.Contains(Separator, StringComparison.Ordinal) ? text : Uri.UriSchemeHttp + Separator + text;
        if (!Uri.TryCreate(address?.Replace("socks5h:", "socks5:", StringComparison.OrdinalIgnoreCase), UriKind.Absolute, out var uri) || uri.Host.Length == 0
            || uri.Scheme is not ("http" or "https" or "socks4" or "socks4a" or "socks5"))
        {
            return null;
        }

        var parts = uri.UserInfo.Split(':', 2);
        return (new UriBuilder(uri) { UserName = "", Password = "" }.Uri,
            uri.UserInfo.Length == 0 ? null : new NetworkCredential(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "")));
    }

    private sealed class Logins(VariableProxy proxy) : ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType) =>
            proxy._https is { } https && https.Address.Authority == uri.Authority ? https.Login
            : proxy._http is { } http && http.Address.Authority == uri.Authority ? http.Login
            : null;
    }
}
