using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>A source of ADD that is fetched from the network.</summary>
/// <param name="Checksum">The value of --checksum, expanded; null without one and for an empty one, which BuildKit takes for none.</param>
internal sealed partial record RemoteUse(Located<string> Url, RemoteKind Kind, string? Checksum, Stage Stage)
{
    /// <summary>False: the environment of a base image that nobody could read takes part in it.</summary>
    public bool IsCertain { get; init; } = true;

    public RemoteAddress Address { get; } = RemoteAddress.Parse(Url.Value, Kind);

    /// <summary>What a lock knows it by, and what may be shown of it.</summary>
    public RemoteSource Source => Address.Source;

    /// <summary>The Dockerfile itself says what it has to be: by a checksum, or by a whole commit.</summary>
    public bool IsPinned => Checksum is not null || (Kind == RemoteKind.Git && (IsCommit(Address.Commit ?? "") || IsCommit(Source.Ref!)));

    /// <summary>Whether the checksum is a digest as BuildKit takes it for a file.</summary>
    public bool IsChecksumValid => Checksum is not null && Digest().IsMatch(Checksum);

    /// <summary>A whole object name of git, SHA-1 or SHA-256, which can stand for one content only.</summary>
    public static bool IsCommit(string text) => Commit().IsMatch(text);

    /// <summary>Null for a path; <c>github.com/…</c> without a scheme is a path too.</summary>
    public static RemoteKind? Classify(string source)
    {
        var scheme = Scheme().Match(source);
        if (!scheme.Success)
        {
            return SecureCopy().IsMatch(source) ? RemoteKind.Git : null;
        }

        switch (scheme.Groups["name"].Value.ToUpperInvariant())
        {
            case "GIT" or "SSH":
                return RemoteKind.Git;
            case "HTTP" or "HTTPS":
                var path = source.Split('?', '#')[0];
                return path.EndsWith(".git", StringComparison.Ordinal)
                    ? RemoteKind.Git
                    : source.StartsWith("http", StringComparison.Ordinal) ? RemoteKind.Http : null;
            default:
                return null;
        }
    }

    [GeneratedRegex(@"\A(sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digest();

    [GeneratedRegex(@"\A([0-9a-f]{40}|[0-9a-f]{64})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Commit();

    [GeneratedRegex(@"\A(?<name>[a-zA-Z0-9]+)://", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]+@[a-zA-Z0-9.-]+:", RegexOptions.CultureInvariant)]
    private static partial Regex SecureCopy();
}
