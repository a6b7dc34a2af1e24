using System.Text.RegularExpressions;

namespace Orchestrator.Graph;

/// <summary>
/// A normalised image reference: <c>registry/repository:tag@digest</c>, with <c>docker.io/library/</c> and <c>:latest</c> filled in
/// as Docker does (https://pkg.go.dev/github.com/distribution/reference). Two spellings of one image are equal.
/// </summary>
internal sealed partial record ImageReference(string Registry, string Repository, string? Tag, string? Digest)
{
    public const string DefaultRegistry = "docker.io";
    private const string OfficialPrefix = "library/";
    private const int MaximumNameLength = 255;

    /// <summary>The short form that a person would type: <c>base-node</c>, <c>acme/api:dev</c>.</summary>
    public string Familiar
    {
        get
        {
            var name = Registry == DefaultRegistry
                ? Repository.StartsWith(OfficialPrefix, StringComparison.Ordinal) ? Repository[OfficialPrefix.Length..] : Repository
                : $"{Registry}/{Repository}";
            var tag = Tag is null || (Tag == "latest" && Digest is null) ? "" : ":" + Tag;
            return name + tag + (Digest is null ? "" : "@" + Digest);
        }
    }

    /// <summary>The same with the tag also where it is <c>latest</c>, for what is said of tags: <c>base-node:latest</c>.</summary>
    public string FamiliarWithTag => this is { Tag: "latest", Digest: null } ? Familiar + ":latest" : Familiar;

    /// <summary>The whole form: <c>docker.io/library/base-node:latest</c>.</summary>
    public override string ToString() => $"{Registry}/{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    /// <summary>Reads a reference as Docker would; false when Docker would refuse it.</summary>
    public static bool TryParse(string text, out ImageReference reference)
    {
        reference = null!;
        var match = Grammar().Match(text);
        if (!match.Success || HexIdentifier().IsMatch(text))
        {
            return false;
        }

        var name = match.Groups["name"].Value;
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var head = slash < 0 ? "" : name[..slash];
        var hasRegistry = slash > 0 && (head.Contains('.', StringComparison.Ordinal) || head.Contains(':', StringComparison.Ordinal) || head == "localhost" || head != LowerCase(head));
        var registry = hasRegistry ? head : DefaultRegistry;
        var repository = hasRegistry ? name[(slash + 1)..] : name;
        if (hasRegistry && !Host().IsMatch(registry))
        {
            return false;
        }

        if (registry is "index.docker.io")
        {
            registry = DefaultRegistry;
        }

        if (repository != LowerCase(repository) || repository.Length > MaximumNameLength || !Path().IsMatch(repository))
        {
            return false;
        }

        if (registry == DefaultRegistry && !repository.Contains('/', StringComparison.Ordinal))
        {
            repository = OfficialPrefix + repository;
        }

        var digest = match.Groups["digest"].Success ? match.Groups["digest"].Value : null;
        var tag = match.Groups["tag"].Success ? match.Groups["tag"].Value : digest is null ? "latest" : null;
        reference = new ImageReference(registry, repository, tag, digest);
        return true;
    }

    /// <summary>The reference without a graph's <c>registry</c> in front: <c>ghcr.io/acme/api</c> is <c>api</c> where the registry is <c>ghcr.io/acme</c>.</summary>
    public ImageReference WithoutPrefix(string? registry)
    {
        if (registry is null || !TryParse(registry + "/x", out var sample))
        {
            return this;
        }

        var text = ToString();
        var prefix = $"{sample.Registry}/{sample.Repository}"[..^1];
        return text.StartsWith(prefix, StringComparison.Ordinal) && TryParse(text[prefix.Length..], out var local) ? local : this;
    }

    /// <summary>For references that the program itself composes.</summary>
    /// <exception cref="FormatException">The text is not a reference.</exception>
    public static ImageReference Parse(string text) =>
        TryParse(text, out var reference) ? reference : throw new FormatException($"'{text}' is not an image reference");

#pragma warning disable CA1308 // repositories are lower case by the grammar, this is not a normalisation for comparison
    private static string LowerCase(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308

    [GeneratedRegex(@"\A(?<name>[^@\s]+?)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();

    [GeneratedRegex(@"\A[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Path();

    [GeneratedRegex(@"\A(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:]+\])(?::[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Host();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HexIdentifier();
}
