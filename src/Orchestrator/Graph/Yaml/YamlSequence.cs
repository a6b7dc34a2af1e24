using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Yaml;

internal sealed record YamlSequence(SourceSpan Span, IReadOnlyList<YamlNode> Items) : YamlNode(Span)
{
    public override string Kind => "a list";
}
