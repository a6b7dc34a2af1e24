using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>The repository in which an image's key tags are, so that every agent looks for them where every other one puts them.</summary>
internal static class KeyHome
{
    /// <returns>Without a tag; null when the graph names no registry for the image.</returns>
    public static ImageReference? Of(ImageGraph graph, ImageNode node)
    {
        var name = graph.Memory.Prefix is { } prefix ? $"{prefix}/{node.Name}"
            : graph.Registry is null && node.LocalNames[0].Value.Registry == "docker.io" ? null
            : PublishedName.Of(graph, node, node.LocalNames[0], new DiagnosticBag());
        return name is not null && ImageReference.TryParse(name, out var reference) ? reference with { Tag = null } : null;
    }
}
