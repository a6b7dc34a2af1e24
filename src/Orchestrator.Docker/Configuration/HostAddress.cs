using System.Diagnostics.CodeAnalysis;

namespace Orchestrator.Docker.Configuration;

/// <summary>Reads the addresses that <c>DOCKER_HOST</c> and contexts hold, with the docker command's own defaults.</summary>
internal static class HostAddress
{
    private const int PlainPort = 2375;
    private const int TlsPort = 2376;
    private const string SchemeEnd = "://";

    /// <exception cref="DockerConfigurationException">The text is no address, or of a kind that cannot be used.</exception>
    public static Uri Parse(string text, string origin, bool tls)
    {
        var address = text.Contains(SchemeEnd, StringComparison.Ordinal) ? text : "tcp://" + text;
        var end = address.IndexOf(SchemeEnd, StringComparison.Ordinal);
        var scheme = address[..end].ToLowerInvariant();
        var rest = address[(end + SchemeEnd.Length)..];
        return scheme switch
        {
            "unix" or "npipe" => LocalAddress(scheme, rest, text, origin),
            "tcp" or "http" or "https" => NetworkAddress(scheme, rest, tls, text, origin),
            "ssh" => SshAddress(address, text, origin),
            "fd" => throw Wrong(text, origin, "file descriptors (fd://) are for the engine's side only; use unix://"),
            _ => throw Wrong(text, origin, "expected unix://, npipe://, tcp://, http://, https:// or ssh://"),
        };
    }

    /// <summary>The path of a <c>unix</c> or <c>npipe</c> address, exactly as written: docker knows no escapes in it.</summary>
    public static string LocalPath(Uri address) =>
        address.OriginalString[(address.OriginalString.IndexOf(SchemeEnd, StringComparison.Ordinal) + SchemeEnd.Length)..];

    private static Uri LocalAddress(string scheme, string path, string text, string origin)
    {
        if (!path.StartsWith('/'))
        {
            throw Wrong(text, origin, $"an absolute path has to follow {scheme}://");
        }

        return TryCreate($"{scheme}://{path}", out var uri) ? uri : throw Wrong(text, origin, "it is not an address");
    }

    private static Uri NetworkAddress(string scheme, string rest, bool tls, string text, string origin)
    {
        var authority = rest.Length == 0 || rest.StartsWith(':') ? "localhost" + rest : rest;
        if (!TryCreate($"{scheme}://{authority}", out var uri) || uri.Host.Length == 0)
        {
            throw Wrong(text, origin, "a host name and perhaps a port have to follow the scheme");
        }

        if (uri.PathAndQuery.Length > 1 || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            throw Wrong(text, origin, "only a host name and a port are allowed");
        }

        var port = uri.Port > 0 && HasPort(authority) ? uri.Port : tls || scheme == "https" ? TlsPort : PlainPort;
        return new UriBuilder(scheme, uri.Host, port).Uri;
    }

    private static bool HasPort(string authority) => authority.LastIndexOf(':') > authority.LastIndexOf(']');

    private static Uri SshAddress(string address, string text, string origin)
    {
        if (!TryCreate(address, out var uri) || uri.Host.Length == 0)
        {
            throw Wrong(text, origin, "a host name has to follow ssh://");
        }

        if (uri.UserInfo.Contains(':', StringComparison.Ordinal))
        {
            throw Wrong("ssh://…", origin, "a password is not allowed in it; use a key");
        }

        // A name that starts with a dash would be read by ssh as an option.
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.Host.StartsWith('-') || Uri.UnescapeDataString(uri.UserInfo).StartsWith('-'))
        {
            throw Wrong(text, origin, "expected ssh://[user@]host[:port][/path]");
        }

        return uri;
    }

    private static bool TryCreate(string text, [NotNullWhen(true)] out Uri? uri) => Uri.TryCreate(text, UriKind.Absolute, out uri);

    private static DockerConfigurationException Wrong(string text, string origin, string why) =>
        new($"The Docker address '{text}' from {origin} cannot be used: {why}.");
}
