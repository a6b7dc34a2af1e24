using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Yaml;

/// <summary>Keys are unique, merge keys are resolved.</summary>
internal sealed record YamlMapping(SourceSpan Span, IReadOnlyList<YamlEntry> Entries) : YamlNode(Span)
{
    public override string Kind => "a mapping";

    /// <summary>The closing bracket of the form in brackets; null in the form by indentation.</summary>
    public SourceSpan? Closing { get; init; }

    public YamlEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key.Value == key)
            {
                return entry;
            }
        }

        return null;
    }
}
