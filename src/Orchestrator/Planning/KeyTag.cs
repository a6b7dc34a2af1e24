using Orchestrator.Contexts;
using Orchestrator.Graph;
using Orchestrator.Keys;

namespace Orchestrator.Planning;

/// <summary>
/// The name that proves that an image with a key exists: <c>orchestrator.invalid/&lt;graph&gt;/&lt;image&gt;:key-&lt;hash&gt;</c>. The host can never be
/// routed (RFC 6761), so no registry is ever asked for it. The proof is whole only with the label: tags can be moved, labels are inherited.
/// </summary>
internal static class KeyTag
{
    public const string Label = "orchestrator.key";

    /// <summary>Which image of its graph it is: in one repository there may be the key tags of several.</summary>
    public const string ImageLabel = "orchestrator.image";

    /// <summary>Which builds of its bases an image was built on: a base may be built again under the same key.</summary>
    public const string BasesLabel = "orchestrator.bases";

    /// <summary>The same, in a form that every engine and registry agrees on.</summary>
    public const string BasesContentLabel = "orchestrator.bases.content";

    /// <summary>When an image was to be built anew: a build with it ran every step again, or took steps of one that did.</summary>
    public const string RefreshLabel = "orchestrator.refresh";

    /// <summary>Of all names that are ours alone.</summary>
    public const string Host = "orchestrator.invalid";

    private const string TagPrefix = "key-";
    private const int KeyDigits = 64;

    /// <summary>The repository of an image's key tags.</summary>
    public static string Repository(ImageGraph graph, ImageNode node) => $"{Host}/{graph.Name}/{node.Name}";

    public static string Tag(CacheKey key) => TagPrefix + key.Hex;

    /// <summary>The key, in hexadecimal, that a tag tells; null when it is no key tag.</summary>
    public static string? KeyOf(string tag) =>
        tag.StartsWith(TagPrefix, StringComparison.Ordinal) && tag.Length == TagPrefix.Length + KeyDigits && tag.Skip(TagPrefix.Length).All(char.IsAsciiHexDigitLower)
            ? tag[TagPrefix.Length..]
            : null;

    public static string Reference(ImageGraph graph, ImageNode node, CacheKey key) => $"{Repository(graph, node)}:{Tag(key)}";

    /// <summary>
    /// The value of <see cref="BasesLabel"/>, over the engine's IDs of the bases, or of <see cref="BasesContentLabel"/>, over their content
    /// identities: both tell two builds of one key apart.
    /// </summary>
    public static string BasesDigest(IEnumerable<NamedText> bases)
    {
        using var digest = new FieldHash();
        foreach (var (name, id) in NamedText.Sorted(bases))
        {
            digest.Field(name, id);
        }

        return digest.Finish();
    }

    /// <summary>What all key tags of a graph begin with.</summary>
    public static string Prefix(ImageGraph graph) => $"{Host}/{graph.Name}/";
}
