namespace Orchestrator.Graph.Yaml;

/// <summary>One line of a mapping.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
