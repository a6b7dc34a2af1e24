using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Yaml;

internal sealed record YamlSequence(SourceSpan Span, IReadOnlyList<YamlNode> Items) : YamlNode(Span)
{
    public override string Kind => "a list";

    /// <summary>The closing bracket of the form in brackets; null in the form by indentation.</summary>
    public SourceSpan? Closing { get; init; }
}
