using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>
/// Which node a reference means. Every local name counts, with and without the graph's registry prefix; the bare name of an image with
/// targets means the one tagged <c>latest</c>, which follows from normalisation.
/// </summary>
internal sealed class NameTable
{
    private readonly Dictionary<ImageReference, ImageNode> _nodes = [];

    public NameTable(ImageGraph graph)
    {
        foreach (var node in graph.Images)
        {
            foreach (var name in node.LocalNames)
            {
                _nodes.TryAdd(name.Value, node);
                if (graph.Registry is { } registry && ImageReference.TryParse($"{registry}/{name.Value.Familiar}", out var prefixed))
                {
                    _nodes.TryAdd(prefixed, node);
                }
            }
        }
    }

    public ImageNode? Find(ImageReference reference) => _nodes.GetValueOrDefault(reference);
}
