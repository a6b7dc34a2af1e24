using Orchestrator.Graph;

namespace Orchestrator.Tagging;

/// <summary>The grammar of what is pushed (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests).</summary>
internal static class TagGrammar
{
    private const int LongestTag = 128;

    /// <summary>Of registry and repository together, as Docker counts.</summary>
    private const int LongestName = 255;

    /// <summary>Why a text is not a tag; null when it is one.</summary>
    public static string? Objection(string tag) =>
        tag.Length == 0 ? "it is empty"
        : tag.Length > LongestTag ? $"it has {tag.Length} characters, and {LongestTag} are allowed"
        : tag[0] is '.' or '-' ? $"it begins with '{tag[0]}'"
        : tag.FirstOrDefault(character => !char.IsAsciiLetterOrDigit(character) && character is not ('.' or '-' or '_')) is var wrong and not '\0' ? $"'{wrong}' cannot be in a tag"
        : null;

    /// <summary>Why an image cannot be published under a name; null when it can.</summary>
    public static string? NameObjection(string name) =>
        name.Length > LongestName ? $"it has {name.Length} characters, and {LongestName} are allowed"
        : ImageReference.TryParse(name, out _) ? null : "a registry would refuse it";
}
