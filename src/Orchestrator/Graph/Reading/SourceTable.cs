using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Reading;

/// <summary>Reads <c>sources:</c>: where external references really come from.</summary>
internal static class SourceTable
{
    public static IReadOnlyDictionary<ImageReference, Located<ImageReference>> Read(KeyedMapping graph, DiagnosticBag diagnostics)
    {
        var table = new Dictionary<ImageReference, Located<ImageReference>>();
        foreach (var entry in graph.Entries("sources"))
        {
            if (entry.Value is not YamlScalar { IsNull: false } written)
            {
                diagnostics.Add(Rules.WrongType.At(entry.Value.Span, entry.Key.Value, "an image reference", entry.Value.Kind));
                continue;
            }

            if (Reference(entry.Key, diagnostics) is { } from && Reference(written, diagnostics) is { } to && !table.TryAdd(from, new(to, written.Span)))
            {
                diagnostics.Add(Rules.InvalidValue.At(entry.Key.Span, entry.Key.Value, "sources", $"it is the same image as the one at line {table[from].Span.Line}"));
            }
        }

        return table;
    }

    private static ImageReference? Reference(YamlScalar text, DiagnosticBag diagnostics)
    {
        if (ImageReference.TryParse(text.Value, out var reference))
        {
            return reference;
        }

        diagnostics.Add(Rules.InvalidReference.At(text.Span, text.Value, "Docker would refuse it"));
        return null;
    }
}
