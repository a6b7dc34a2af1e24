using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>The whole graph with its edges, images in an order in which bases come first. Without cycles.</summary>
internal sealed record ResolvedGraph(ImageGraph Graph, IReadOnlyList<ResolvedImage> Images)
{
    private readonly Dictionary<string, ResolvedImage> _byName = Images.ToDictionary(image => image.Name, StringComparer.Ordinal);

    public ResolvedImage this[string name] => _byName[name];

    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>The named images and everything that they need, in dependency order.</summary>
    public ResolvedGraph Only(IEnumerable<string> names)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(names);
        while (open.TryPop(out var name))
        {
            if (wanted.Add(name))
            {
                foreach (var edge in _byName[name].Edges)
                {
                    open.Push(edge.To);
                }
            }
        }

        return new ResolvedGraph(Graph, [.. Images.Where(image => wanted.Contains(image.Name))]);
    }
}
