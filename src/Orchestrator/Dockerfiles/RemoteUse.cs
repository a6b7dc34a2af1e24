using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>A source of ADD that is fetched from the network.</summary>
/// <param name="Checksum">The value of --checksum, expanded; null without one and for an empty one, which BuildKit takes for none.</param>
internal sealed partial record RemoteUse(Located<string> Url, RemoteKind Kind, string? Checksum, Stage Stage)
{
    /// <summary>Whether the checksum is a digest as BuildKit takes it for a file.</summary>
    public bool IsChecksumValid => Checksum is not null && Digest().IsMatch(Checksum);

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

    [GeneratedRegex(@"\A(?<name>[a-zA-Z0-9]+)://", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]+@[a-zA-Z0-9.-]+:", RegexOptions.CultureInvariant)]
    private static partial Regex SecureCopy();
}
