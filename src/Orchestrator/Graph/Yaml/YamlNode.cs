using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Yaml;

/// <summary>
/// One value of a YAML file and the place where it stands. Three kinds and nothing else; aliases are the same object as their
/// anchor, so a tree may be a graph without cycles.
/// </summary>
internal abstract record YamlNode(SourceSpan Span)
{
    /// <summary>What a person would call it: <c>a list</c>.</summary>
    public abstract string Kind { get; }

    /// <summary><c>!reset</c> or <c>!override</c> of Compose, or null; other tags never get here.</summary>
    public string? Tag { get; init; }
}
