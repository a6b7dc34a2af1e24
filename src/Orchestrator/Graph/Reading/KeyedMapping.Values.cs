using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Reading;

/// <content>Values in the forms that keys have.</content>
internal sealed partial class KeyedMapping
{
    public Located<string>? Text(string key) =>
        Find(key)?.Value is YamlScalar { IsNull: false } scalar ? new Located<string>(scalar.Value, scalar.Span) : null;

    /// <summary>A text that must say something: an empty one is a diagnostic, and null.</summary>
    public Located<string>? FilledText(string key)
    {
        if (Text(key) is not { } text || text.Value.Length > 0)
        {
            return Text(key);
        }

        _diagnostics.Add(Rules.InvalidValue.At(text.Span, "", key, "it is empty"));
        return null;
    }

    public bool? Flag(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        switch (text.Value.ToUpperInvariant())
        {
            case "TRUE" or "YES" or "ON":
                return true;
            case "FALSE" or "NO" or "OFF":
                return false;
            default:
                _diagnostics.Add(Rules.InvalidValue.At(text.Span, text.Value, key, "it must be true or false"));
                return null;
        }
    }

    public IReadOnlyList<YamlNode> Items(string key) => Find(key)?.Value is YamlSequence list ? list.Items : [];

    public IReadOnlyList<YamlEntry> Entries(string key) => Find(key)?.Value is YamlMapping mapping ? mapping.Entries : [];

    /// <summary>A list of texts; a text alone counts as a list of one where the table allows it.</summary>
    public IReadOnlyList<Located<string>> Texts(string key)
    {
        if (Text(key) is { } single)
        {
            return [single];
        }

        return [.. Items(key).Select(item => Scalar(item, key)).OfType<YamlScalar>().Select(item => new Located<string>(item.Value, item.Span))];
    }

    /// <summary>A mapping of texts, or a list of <c>NAME=value</c>. A null value was not written.</summary>
    public IReadOnlyList<KeyValuePair<string, Located<string?>>> Pairs(string key)
    {
        var pairs = new List<KeyValuePair<string, Located<string?>>>();
        foreach (var entry in Entries(key))
        {
            if (entry.Value is YamlScalar value)
            {
                pairs.Add(new(entry.Key.Value, new(value.IsNull ? null : value.Value, value.IsNull ? entry.Key.Span : value.Span)));
            }
            else
            {
                _diagnostics.Add(Rules.WrongType.At(entry.Value.Span, entry.Key.Value, "a text", entry.Value.Kind));
            }
        }

        foreach (var item in Texts(key))
        {
            var sign = item.Value.IndexOf('=', StringComparison.Ordinal);
            var name = sign < 0 ? item.Value : item.Value[..sign];
            if (name != name.TrimEnd())
            {
                _diagnostics.Add(Rules.InvalidValue.At(item.Span, item.Value, key, "the name ends in a space"));
            }

            pairs.Add(new(name, new(sign < 0 ? null : item.Value[(sign + 1)..], item.Span)));
        }

        return pairs;
    }

    private YamlScalar? Scalar(YamlNode node, string key)
    {
        if (node is YamlScalar { IsNull: false } scalar)
        {
            return scalar;
        }

        _diagnostics.Add(Rules.WrongType.At(node.Span, key, "a list of texts", node.Kind));
        return null;
    }
}
