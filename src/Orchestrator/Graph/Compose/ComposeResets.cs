using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>
/// What one document says with <c>!reset</c> and <c>!override</c> (https://github.com/compose-spec/compose-spec/blob/main/13-merge.md): the paths
/// at which nothing of what lies below it stays.
/// </summary>
internal sealed class ComposeResets
{
    private const char Separator = '\0'; // no key holds it

    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    /// <summary>Takes the tags out of a document: what is reset goes, what overrides stays.</summary>
    public static (YamlMapping Document, ComposeResets Resets) Take(YamlMapping document)
    {
        var resets = new ComposeResets();
        return ((YamlMapping)resets.Visit(document, "")!, resets);
    }

    /// <summary>What is left of a model that the document is laid over.</summary>
    public YamlMapping Apply(YamlMapping model) => _paths.Count == 0 ? model : Without(model, "");

    /// <summary>What is left of a service that the document's service of this name extends.</summary>
    public YamlMapping ApplyToService(string name, YamlMapping service) => _paths.Count == 0 ? service : Without(service, Join(Join("", "services"), name));

    private YamlNode? Visit(YamlNode node, string path)
    {
        if (node.Tag is { } tag)
        {
            _paths.Add(path);
            return tag == "!reset" ? null : node with { Tag = null };
        }

        return node switch
        {
            YamlMapping mapping => mapping with { Entries = [.. Visited(mapping, path)] },
            YamlSequence list => list with { Items = [.. list.Items.Where(item => item.Tag != "!reset")] },
            _ => node,
        };
    }

    private IEnumerable<YamlEntry> Visited(YamlMapping mapping, string path)
    {
        foreach (var entry in mapping.Entries)
        {
            if (Visit(entry.Value, Join(path, entry.Key.Value)) is { } value)
            {
                yield return ReferenceEquals(value, entry.Value) ? entry : entry with { Value = value };
            }
        }
    }

    private YamlMapping Without(YamlMapping mapping, string path)
    {
        var kept = new List<YamlEntry>(mapping.Entries.Count);
        foreach (var entry in mapping.Entries)
        {
            var next = Join(path, entry.Key.Value);
            if (!_paths.Contains(next))
            {
                kept.Add(entry.Value is YamlMapping inner ? entry with { Value = Without(inner, next) } : entry);
            }
        }

        return mapping with { Entries = kept };
    }

    private static string Join(string path, string key) => path + Separator + key;
}
