using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>A local name belongs to one build. Names with and without the graph's registry are the same.</summary>
internal static class LocalNameClaims
{
    public static void Check(IReadOnlyList<ImageNode> nodes, string? registry, DiagnosticBag diagnostics)
    {
        var claims = new Dictionary<ImageReference, (ImageNode Node, SourceSpan Span)>();
        foreach (var node in nodes)
        {
            foreach (var (reference, span) in node.LocalNames)
            {
                var name = reference.WithoutPrefix(registry);
                if (!claims.TryAdd(name, (node, span)) && claims[name] is var first && !ReferenceEquals(first.Node, node))
                {
                    diagnostics.Add(Rules.LocalNameClaimedTwice.At(span, node.Name, first.Node.Name, reference.Familiar, first.Span));
                }
            }
        }
    }
}
