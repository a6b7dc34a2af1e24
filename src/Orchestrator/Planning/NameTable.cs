using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>
/// Which node a reference means. Every local name counts, and the graph's registry in front of either of the two makes no difference; the bare name of an
/// image with targets means the one tagged <c>latest</c>, which follows from normalisation.
/// </summary>
internal sealed class NameTable
{
    private readonly string? _registry;
    private readonly Dictionary<ImageReference, ImageNode> _nodes = [];

    public NameTable(ImageGraph graph)
    {
        _registry = graph.Registry;
        foreach (var node in graph.Images)
        {
            foreach (var name in node.LocalNames)
            {
                _nodes.TryAdd(name.Value.WithoutPrefix(_registry), node); // that no other node has it was made sure of when the graph was read
            }
        }
    }

    public ImageNode? Find(ImageReference reference) => _nodes.GetValueOrDefault(reference) ?? _nodes.GetValueOrDefault(reference.WithoutPrefix(_registry));
}
