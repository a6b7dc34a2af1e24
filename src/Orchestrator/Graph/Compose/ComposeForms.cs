using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>Compose writes one thing in several forms; here each gets one.</summary>
internal static class ComposeForms
{
    /// <summary><c>build: .</c> is <c>build: { context: . }</c>.</summary>
    public static YamlMapping Build(YamlNode node) => node switch
    {
        YamlMapping mapping => mapping,
        YamlScalar { IsNull: false } context => new YamlMapping(context.Span, [Entry("context", context)]),
        _ => new YamlMapping(node.Span, []),
    };

    /// <summary><c>[A=1, B]</c> is <c>{ A: 1, B: }</c>; the last one of a name wins.</summary>
    public static YamlMapping Pairs(YamlNode node)
    {
        if (node is YamlMapping mapping)
        {
            return mapping;
        }

        var pairs = new OrderedDictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var item in Items(node).OfType<YamlScalar>())
        {
            var sign = item.Value.IndexOf('=', StringComparison.Ordinal);
            var name = sign < 0 ? item.Value : item.Value[..sign];
            var value = sign < 0 ? item with { Value = "", IsNull = true } : item with { Value = item.Value[(sign + 1)..], TextColumn = 0 };
            pairs[name] = new YamlEntry(item with { Value = name }, value);
        }

        return new YamlMapping(node.Span, [.. pairs.Values]);
    }

    /// <summary>A mapping's pairs as <c>NAME=value</c>, in the order of the names; a text alone as a list of one.</summary>
    public static IEnumerable<YamlNode> Items(YamlNode node) => node switch
    {
        YamlSequence list => list.Items,
        YamlMapping mapping => mapping.Entries.SelectMany(Pair).OrderBy(item => item.Value, StringComparer.Ordinal),
        YamlScalar { IsNull: false } text => [text],
        _ => [],
    };

    public static YamlEntry Entry(string key, YamlNode value) => new(new YamlScalar(value.Span, key), value);

    public static YamlScalar Text(SourceSpan span, string value) => new(span, value);

    /// <summary>A mapping with one more entry, or another value for it.</summary>
    public static YamlMapping With(this YamlMapping mapping, string key, Func<YamlNode?, YamlNode?> change)
    {
        var found = mapping.Find(key);
        var value = change(found?.Value);
        if (ReferenceEquals(value, found?.Value))
        {
            return mapping;
        }

        if (found is null)
        {
            return mapping with { Entries = [.. mapping.Entries, Entry(key, value!)] };
        }

        return mapping.Each(entry => entry.Key.Value == key ? value : entry.Value);
    }

    /// <summary>A mapping with each value changed; those that become null are left out.</summary>
    public static YamlMapping Each(this YamlMapping mapping, Func<YamlEntry, YamlNode?> change) =>
        mapping with { Entries = [.. mapping.Entries.Select(entry => change(entry) is { } value ? entry with { Value = value } : null).OfType<YamlEntry>()] };

    /// <summary>Whether two trees say the same; places do not count, nor does the order of keys.</summary>
    public static bool Same(YamlNode one, YamlNode other) => (one, other) switch
    {
        (YamlScalar left, YamlScalar right) => left.Value == right.Value && left.IsNull == right.IsNull,
        (YamlSequence left, YamlSequence right) => left.Items.Count == right.Items.Count && left.Items.Zip(right.Items).All(pair => Same(pair.First, pair.Second)),
        (YamlMapping left, YamlMapping right) => left.Entries.Count == right.Entries.Count
            && left.Entries.All(entry => right.Find(entry.Key.Value) is { } found && Same(entry.Value, found.Value)),
        _ => false,
    };

    private static IEnumerable<YamlScalar> Pair(YamlEntry entry)
    {
        var values = entry.Value is YamlSequence list ? list.Items : [entry.Value];
        return values.OfType<YamlScalar>().Select(value => Text(value.IsNull ? entry.Key.Span : value.Span, value.IsNull ? entry.Key.Value : $"{entry.Key.Value}={value.Value}"));
    }

    /// <summary>Equal texts once.</summary>
    public static YamlNode Distinct(YamlNode node) =>
        node is YamlSequence list ? list with { Items = [.. list.Items.DistinctBy(item => item is YamlScalar text ? text.Value : (object)item)] } : node;
}
