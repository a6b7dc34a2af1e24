using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>
/// Lays one tree over another by Compose's rules (https://github.com/compose-spec/compose-spec/blob/main/13-merge.md): mappings are joined, lists
/// appended, texts replaced, and a few keys have rules of their own. Every value keeps the place at which it was written.
/// </summary>
internal sealed class ComposeMerge(DiagnosticBag diagnostics)
{
    public YamlMapping Models(YamlMapping below, YamlMapping above) => Joined(below, above, (key, lower, upper) => key switch
    {
        "services" => lower is YamlMapping services && upper is YamlMapping others
            ? Joined(services, others, (_, service, other) => service is YamlMapping one && other is YamlMapping two ? Services(one, two) : other)
            : Value(key, lower, upper),
        _ => Value(key, lower, upper),
    });

    public YamlMapping Services(YamlMapping below, YamlMapping above) => Joined(below, above, (key, lower, upper) => key switch
    {
        "build" => Builds(lower, upper),
        "env_file" => Appended(lower, upper),
        "profiles" => ComposeForms.Distinct(Value(key, lower, upper)),
        _ => Value(key, lower, upper),
    });

    private YamlNode Builds(YamlNode below, YamlNode above) => (below, above) is (YamlScalar { IsNull: true }, YamlScalar { IsNull: true }) ? above
        : Joined(ComposeForms.Build(below), ComposeForms.Build(above), (key, lower, upper) => key switch
        {
            "args" or "labels" or "additional_contexts" => Joined(ComposeForms.Pairs(lower), ComposeForms.Pairs(upper), (_, _, value) => value),
            "extra_hosts" => ComposeForms.Distinct(Appended(lower, upper)),
            "tags" => ComposeForms.Distinct(Value(key, lower, upper)),
            _ => Value(key, lower, upper),
        });

    private static YamlMapping Joined(YamlMapping below, YamlMapping above, Func<string, YamlNode, YamlNode, YamlNode> merge)
    {
        var joined = new OrderedDictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var entry in below.Entries)
        {
            joined[entry.Key.Value] = entry;
        }

        foreach (var entry in above.Entries)
        {
            joined[entry.Key.Value] = joined.TryGetValue(entry.Key.Value, out var lower) ? entry with { Value = merge(entry.Key.Value, lower.Value, entry.Value) } : entry;
        }

        return above with { Entries = [.. joined.Values] };
    }

    private YamlNode Value(string key, YamlNode below, YamlNode above)
    {
        switch (below, above)
        {
            case (_, YamlScalar { IsNull: true }):
                return below;
            case (YamlMapping lower, YamlMapping upper):
                return Joined(lower, upper, Value);
            case (YamlSequence lower, YamlSequence upper):
                return upper with { Items = [.. lower.Items, .. upper.Items] };
            case (YamlScalar, _):
                return above;
            default:
                diagnostics.Add(Rules.ComposeCannotOverride.At(above.Span, key, above.Kind, below.Kind, below.Span));
                return above;
        }
    }

    private static YamlSequence Appended(YamlNode below, YamlNode above) => new(above.Span, [.. ComposeForms.Items(below), .. ComposeForms.Items(above)]);
}
