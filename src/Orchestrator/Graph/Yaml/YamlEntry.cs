namespace Orchestrator.Graph.Yaml;

/// <summary>One line of a mapping.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value)
{
    /// <summary>Its value stands for the entries of other mappings: the key is <c>&lt;&lt;</c>, without quotes.</summary>
    public bool IsMerge { get; init; }
}
