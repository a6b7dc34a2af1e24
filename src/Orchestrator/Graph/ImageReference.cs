using System.Text.RegularExpressions;

namespace Orchestrator.Graph;

/// <summary>
/// A normalised image reference: <c>registry/repository:tag@digest</c>, with <c>docker.io/library/</c> and <c>:latest</c> filled in
/// as Docker does (https://pkg.go.dev/github.com/distribution/reference). Two spellings of one image are equal.
/// </summary>
internal sealed partial record ImageReference(string Registry, string Repository, string? Tag, string? Digest)
{
    private const string DefaultRegistry = "docker.io";
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
            var tag = Tag is null or "latest" ? "" : ":" + Tag;
            return name + tag + (Digest is null ? "" : "@" + Digest);
        }
    }

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

    /// <summary>For references that the program itself composes.</summary>
    /// <exception cref="FormatException">The text is not a reference.</exception>
    public static ImageReference Parse(string text) =>
        TryParse(text, out var reference) ? reference : throw new FormatException($"'{text}' is not an image reference");

#pragma warning disable CA1308 // repositories are lower case by the grammar, this is not a normalisation for comparison
    private static string LowerCase(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308

    [GeneratedRegex(@"\A(?<name>[^@\s]+?)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();

    [GeneratedRegex(@"\A[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Path();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HexIdentifier();
}
