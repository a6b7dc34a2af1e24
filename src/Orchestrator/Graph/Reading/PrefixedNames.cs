using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>
/// A service that builds nothing may run an image of the graph under its name in the registry: <c>ghcr.io/acme/api</c>, where the registry is <c>ghcr.io/acme</c> and
/// <c>api</c> is built. The image gets that name too, for Compose would otherwise start an older one that still has it.
/// </summary>
internal static class PrefixedNames
{
    public static IReadOnlyList<ImageNode> Add(IReadOnlyList<ImageNode> nodes, IReadOnlyList<ServiceImage> services, string? registry)
    {
        var names = services.Select(service => (Name: service.Image, Local: service.Image.Value.WithoutPrefix(registry))).Where(pair => pair.Local != pair.Name.Value)
            .ToLookup(pair => pair.Local, pair => pair.Name);
        return names.Count == 0 ? nodes : [.. nodes.Select(node => Named(node, names))];
    }

    private static ImageNode Named(ImageNode node, ILookup<ImageReference, Located<ImageReference>> names)
    {
        var further = node.LocalNames.SelectMany(local => names[local.Value]).ToList();
        return further.Count == 0 ? node : node with { LocalNames = [.. node.LocalNames.Concat(further).DistinctBy(name => name.Value)] };
    }
}
