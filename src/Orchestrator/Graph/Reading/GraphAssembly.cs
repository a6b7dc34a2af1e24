using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>Makes a graph of all that was read: equal builds become one, and what claims one name is found.</summary>
internal static class GraphAssembly
{
    public static ImageGraph Assemble(GraphPart part, string file, DiagnosticBag diagnostics)
    {
        CheckNames(part.Images, diagnostics);
        var nodes = diagnostics.HasErrors ? part.Images : EqualBuilds.Merge(part.Images);
        Tell(nodes, diagnostics);
        LocalNameClaims.Check(nodes, part.Registry, diagnostics);
        nodes = PrefixedNames.Add(nodes, part.Services, part.Registry);
        var built = nodes.SelectMany(node => node.LocalNames).Select(name => name.Value).ToHashSet();
        return new ImageGraph
        {
            Name = part.Name,
            IsNamed = part.IsNamed,
            File = file,
            Root = part.Root,
            Registry = part.Registry,
            Memory = part.Memory,
            Images = nodes,
            Services = [.. part.Services.Where(service => !built.Contains(service.Image.Value))],
            Sources = part.Sources,
            Environments = part.Environments,
            InputFiles = part.InputFiles,
        };
    }

    private static void Tell(IEnumerable<ImageNode> nodes, DiagnosticBag diagnostics)
    {
        foreach (var node in nodes.Where(node => node.Aliases.Count > 0))
        {
            diagnostics.Add(Rules.EqualBuilds.At(
                node.Span, string.Join(", ", node.Aliases.Prepend(node.Name)), node.Name, string.Join(", ", node.LocalNames.Select(name => name.Value.Familiar))));
        }
    }

    private static void CheckNames(IReadOnlyList<ImageNode> nodes, DiagnosticBag diagnostics)
    {
        var first = new Dictionary<string, ImageNode>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (!first.TryAdd(node.Name, node))
            {
                diagnostics.Add(Rules.ImageDeclaredTwice.At(node.Span, node.Name, first[node.Name].Span));
            }
        }
    }
}
