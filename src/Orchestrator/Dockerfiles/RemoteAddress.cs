using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.Dockerfiles;

/// <summary>
/// The parts of a remote source of ADD, read as BuildKit reads them. What may be private never leaves it but as what is fetched: a password may stand before the host, a
/// token may come as the user alone or behind the question mark.
/// </summary>
internal sealed partial record RemoteAddress
{
    private const int HashDigits = 12;

    private RemoteAddress(string fetched, RemoteSource source) => (Fetched, Source) = (fetched, source);

    /// <summary>What is asked of the network, private parts included: never to be shown.</summary>
    public string Fetched { get; }

    /// <summary>What stands before the host's @ and is private; null mostly.</summary>
    public string? UserInfo { get; private init; }

    /// <summary>Without its question mark; null mostly.</summary>
    public string? Query { get; private init; }

    /// <summary>Who reads the address may learn a secret. The options of a repository are none: the builder knows each of them.</summary>
    public bool IsPrivate => UserInfo is { Length: > 0 } || (Source.Kind == RemoteKind.Http && Query is { Length: > 0 });

    /// <summary>What a lock knows it by.</summary>
    public RemoteSource Source { get; }

    /// <summary>A directory of the repository; empty is all of it.</summary>
    public string Directory { get; private init; } = "";

    /// <summary>The commit that the query of a repository asks for; null mostly.</summary>
    public string? Commit { get; private init; }

    /// <summary>The name of a repository's ref in BuildKit's graph: <c>git://host/path#ref:directory</c>. Of a file it is the address as written.</summary>
    public string Identifier => Named(Ref);

    /// <summary>The same at a commit.</summary>
    public string IdentifierAt(string commit) => Named(commit);

    private string Ref { get; init; } = "";

    private string Place { get; init; } = "";

    public static RemoteAddress Parse(string url, RemoteKind kind) => kind == RemoteKind.Http ? File(url) : Repository(url);

    /// <summary>Takes what is private out of a text that somebody else wrote.</summary>
    public string Hide(string text)
    {
        text = Query is { Length: > 0 } query ? text.Replace("?" + query, "?" + Hash(query), StringComparison.Ordinal) : text;
        return UserInfo is { Length: > 0 } user ? text.Replace(user + "@", "", StringComparison.Ordinal) : text;
    }

    private static RemoteAddress File(string url)
    {
        var match = Url().Match(url);
        var query = Value(match, "query");
        var shown = $"{match.Groups["scheme"].Value}://{match.Groups["host"].Value}{match.Groups["path"].Value}" + (query is null ? "" : "?" + Hash(query));
        return new RemoteAddress(url.Split('#')[0], new RemoteSource(RemoteKind.Http, Visible(shown), null)) { UserInfo = Value(match, "user"), Query = query, Place = url };
    }

    private static RemoteAddress Repository(string url)
    {
        var match = Url().Match(url);
        var isUrl = match.Success;
        match = isUrl ? match : SecureCopy().Match(url);
        var (host, path, user) = (match.Groups["host"].Value, match.Groups["path"].Value, Value(match, "user"));
        var scheme = match.Groups["scheme"].Value;
        var isSecure = !isUrl || scheme.Equals("ssh", StringComparison.OrdinalIgnoreCase);
        var shownUser = isSecure && user is not null ? user.Split(':')[0] + "@" : "";
        var address = isUrl ? $"{scheme}://{shownUser}{host}{path}" : $"{shownUser}{host}:{path}";
        var options = Options(Value(match, "query"), match.Groups["fragment"].Value);
        return new RemoteAddress(
            isUrl ? $"{scheme}://{(user is null ? "" : user + "@")}{host}{path}" : address,
            new RemoteSource(RemoteKind.Git, Visible(address), options.Ref.Length == 0 ? RemoteSource.DefaultRef : Visible(options.Ref)))
        {
            UserInfo = isSecure && user?.Contains(':', StringComparison.Ordinal) != true ? null : user,
            Query = Value(match, "query"),
            Directory = options.Directory,
            Commit = options.Commit,
            Ref = options.Ref,
            Place = "git://" + host + Slashes().Replace("/" + Uri.UnescapeDataString(path), "/"),
        };
    }

    /// <summary>Of what is behind # and ?: newer frontends take both.</summary>
    private static (string Ref, string Directory, string? Commit) Options(string? query, string fragment)
    {
        var colon = fragment.IndexOf(':', StringComparison.Ordinal);
        var (reference, directory) = colon < 0 ? (fragment, "") : (fragment[..colon], fragment[(colon + 1)..]);
        string? commit = null;
        foreach (var (name, value) in (query ?? "").Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2).Select(pair => (pair[0], Uri.UnescapeDataString(pair[1]))))
        {
            switch (name)
            {
                case "ref":
                    reference = value;
                    break;
                case "tag":
                    reference = Prefixed("refs/tags/", value);
                    break;
                case "branch":
                    reference = Prefixed("refs/heads/", value);
                    break;
                case "subdir":
                    directory = value;
                    break;
                case "commit" or "checksum":
                    commit = value;
                    break;
            }
        }

        return (reference, directory, commit);
    }

    private static string Prefixed(string prefix, string name) => name.StartsWith(prefix, StringComparison.Ordinal) ? name : prefix + name;

    private string Named(string reference) => Source.Kind == RemoteKind.Http ? Place
        : reference.Length == 0 && Directory.Length == 0 ? Place : $"{Place}#{reference}{(Directory.Length == 0 ? "" : ":" + Directory)}";

    private static string? Value(Match match, string group) => match.Groups[group] is { Success: true, Value: var value } ? value : null;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashDigits];

    /// <summary>A word of a line of the lock: what would end it is written as URLs write it.</summary>
    private static string Visible(string text) => Unreadable().Replace(text, match => Uri.EscapeDataString(match.Value));

    [GeneratedRegex(@"\A(?<scheme>[a-zA-Z0-9]+)://(?:(?<user>[^/?#]*)@)?(?<host>[^/?#]*)(?<path>[^?#]*)(?:\?(?<query>[^#]*))?(?:#(?<fragment>.*))?\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Url();

    [GeneratedRegex(@"\A(?<user>[a-zA-Z0-9_-]+)@(?<host>[a-zA-Z0-9.-]+):(?<path>[^?#]*)(?:\?(?<query>[^#]*))?(?:#(?<fragment>.*))?\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex SecureCopy();

    [GeneratedRegex("/{2,}")]
    private static partial Regex Slashes();

    [GeneratedRegex(@"[\s\p{C}#]")]
    private static partial Regex Unreadable();
}
