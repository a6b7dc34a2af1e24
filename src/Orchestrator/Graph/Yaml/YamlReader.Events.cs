using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Orchestrator.Graph.Yaml;

/// <content>What one event means: places, anchors, tags, errors of syntax.</content>
internal sealed partial class YamlReader
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    /// <summary>Tags that say what a value is by itself; any other would have to change it.</summary>
    private static readonly string[] CoreTags = ["str", "int", "float", "bool", "null", "map", "seq", "merge"];

    /// <param name="Weight">Values below it, itself and expanded aliases included.</param>
    private sealed record Anchor(YamlNode Node, int Weight);

    private YamlNode Resolve(string name, SourceSpan place)
    {
        if (_anchors.TryGetValue(name, out var anchor))
        {
            Expand(anchor.Weight, place);
            return anchor.Node;
        }

        var reason = _openAnchors.ContainsKey(name) ? " It stands inside that anchor's own value." : DidYouMean.Phrase(name, _anchors.Keys);
        _diagnostics.Add(Rules.YamlUnknownAnchor.At(place, name, reason));
        return new YamlScalar(place, "", IsNull: true);
    }

    private string Open(string name, SourceSpan place)
    {
        if (_openAnchors.TryGetValue(name, out var first) || (_anchors.TryGetValue(name, out var closed) && (first = closed.Node.Span) != default))
        {
            _diagnostics.Add((_isCompose ? Rules.YamlAnchorAgain : Rules.YamlDuplicateAnchor).At(place, name, first.Line));
        }

        _openAnchors[name] = place;
        return name;
    }

    /// <summary>An alias counts as much as what it stands for, so a bomb of aliases in aliases is refused before anything walks it.</summary>
    private void Expand(int values, SourceSpan place)
    {
        _values += values;
        _expanded += values;
        if (_expanded > MaximumExpansion)
        {
            throw new YamlLimitException(Rules.YamlTooManyAliases.At(place, MaximumExpansion));
        }
    }

    private string? TagOf(NodeEvent head, SourceSpan place)
    {
        if (head.Tag.IsEmpty || head.Tag.IsNonSpecific || CoreTags.Any(tag => head.Tag.Value == TagPrefix + tag))
        {
            return null;
        }

        if (_isCompose && head.Tag.Value is Reset or Override)
        {
            return head.Tag.Value;
        }

        _diagnostics.Add(Rules.YamlUnsupportedTag.At(place, head.Tag.Value));
        return null;
    }

    private YamlScalar ToScalar(Scalar scalar, SourceSpan place)
    {
        if (scalar.Value.Contains('\0', StringComparison.Ordinal))
        {
            _diagnostics.Add(Rules.YamlNulCharacter.At(place));
            return new YamlScalar(place, "", IsNull: true);
        }

        var isPlain = scalar.Style == ScalarStyle.Plain;
        var isNull = isPlain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
        var quotes = isPlain ? 0 : 1;
        var isVerbatim = scalar.Style is ScalarStyle.Plain or ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted
            && place.Line == place.EndLine && place.EndColumn - place.Column == scalar.Value.Length + (2 * quotes);
        return new YamlScalar(place, scalar.Value, isNull, isVerbatim ? place.Column + quotes : 0) { IsPlain = isPlain && (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific || scalar.Tag.Value != TagPrefix + "str") };
    }

    private SourceSpan SpanOf(ParsingEvent item) => SpanOf(item.Start, item.End);

    private SourceSpan SpanOf(Mark start, Mark end) => new(_file, (int)start.Line, (int)start.Column, (int)end.Line, (int)end.Column);

    private Diagnostic Explain(YamlException exception, string text)
    {
        var place = SpanOf(exception.Start, exception.End);
        if (TabIn(text, place, exception.Message) is { } tab)
        {
            return Rules.YamlTab.At(tab);
        }

        var message = Position().Replace(exception.Message, "").Trim().TrimEnd('.');
        return Rules.YamlMalformed.At(place, message + ".");
    }

    /// <summary>The first tab in the indentation of a line, if that is what the parser stumbled on.</summary>
    private SourceSpan? TabIn(string text, SourceSpan place, string message)
    {
        var lines = text.Split('\n');
        var last = message.Contains("tab", StringComparison.OrdinalIgnoreCase) ? lines.Length : Math.Min(place.EndLine, lines.Length);
        for (var line = Math.Max(place.Line, 1); line <= last; line++)
        {
            var tab = lines[line - 1].IndexOf('\t', StringComparison.Ordinal);
            if (tab >= 0 && string.IsNullOrWhiteSpace(lines[line - 1][..tab]))
            {
                return new SourceSpan(_file, line, tab + 1, line, tab + 2);
            }
        }

        return null;
    }

    /// <summary>YamlDotNet puts the place in front of some messages; ours stands there already.</summary>
    [GeneratedRegex(@"^\(Line:.*?\):\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Position();
}
