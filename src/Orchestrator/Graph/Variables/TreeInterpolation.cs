using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Variables;

/// <summary>Puts variables into every value of a tree; keys stay as they are, and so does what <c>x-…</c> holds.</summary>
internal sealed class TreeInterpolation(Interpolation interpolation)
{
    /// <summary>Shared nodes stay shared, so that aliases cost nothing here.</summary>
    private readonly Dictionary<YamlNode, YamlNode> _done = new(ReferenceEqualityComparer.Instance);

    public YamlMapping Expand(YamlMapping root) => (YamlMapping)Node(root);

    public YamlNode Node(YamlNode node)
    {
        if (!_done.TryGetValue(node, out var expanded))
        {
            expanded = node switch
            {
                YamlScalar scalar => Scalar(scalar),
                YamlSequence list => list with { Items = [.. list.Items.Select(Node)] },
                YamlMapping mapping => mapping with { Entries = [.. mapping.Entries.Select(Entry)] },
                _ => node,
            };
            _done[node] = expanded;
        }

        return expanded;
    }

    private YamlEntry Entry(YamlEntry entry) =>
        entry.Key.Value.StartsWith("x-", StringComparison.Ordinal) ? entry : new YamlEntry(entry.Key, Node(entry.Value));

    private YamlScalar Scalar(YamlScalar scalar)
    {
        if (scalar.IsNull || !scalar.Value.Contains('$', StringComparison.Ordinal))
        {
            return scalar;
        }

        return scalar with { Value = interpolation.Expand(scalar.Value, scalar.At), TextColumn = 0, IsPlain = false };
    }
}
