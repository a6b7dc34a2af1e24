using Orchestrator.Diagnostics;
using Orchestrator.Graph.Reading;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Fixing;

/// <summary>
/// A YAML file as it is laid out: where values stand in its text and how an entry is added in the form that a mapping has, by indentation or in brackets.
/// Variables are not put in, aliases are the node that they stand for. What it cannot tell for certain is null.
/// </summary>
internal sealed class YamlLayout
{
    private readonly FileDraft _draft;

    private YamlLayout(FileDraft draft, IReadOnlyList<YamlNode> roots) => (_draft, Roots) = (draft, roots);

    public IReadOnlyList<YamlNode> Roots { get; }

    public YamlMapping? Root => Roots is [YamlMapping root] ? root : null;

    public static YamlLayout Of(FileDraft draft)
    {
        var known = new DiagnosticBag(); // what is wrong with the file was said when the graph was read
        IReadOnlyList<YamlNode> roots = GraphFormat.IsCompose(draft.Path)
            ? YamlReader.ReadCompose(draft.Path, draft.Text, known) ?? []
            : YamlReader.Read(draft.Path, draft.Text, known) is { } root ? [root] : [];
        return new YamlLayout(draft, roots);
    }

    /// <summary>Where a text stands that is written on one line and without an anchor, its quotes included.</summary>
    public (int Start, int End)? Token(YamlScalar scalar)
    {
        var span = scalar.Span;
        if (scalar.IsNull || span.Line != span.EndLine || span.Line == 0)
        {
            return null;
        }

        var start = _draft.Offset(span.Line, span.Column);
        var end = _draft.Offset(span.EndLine, span.EndColumn);
        var written = _draft.Text[start..end];
        return written == scalar.Value || written is ['"', .., '"'] or ['\'', .., '\''] ? (start, end) : null;
    }

    /// <summary>Another text in the place of one, in the same quotes.</summary>
    public TextEdit? Replaced(YamlScalar scalar, string value)
    {
        if (Token(scalar) is not { } token)
        {
            return null;
        }

        var quote = _draft.Text[token.Start] is '"' or '\'' ? _draft.Text[token.Start].ToString() : "";
        return new TextEdit(token.Start, token.End, YamlWord.IsPlain(value) ? quote + value + quote : YamlWord.Of(value));
    }

    /// <summary>Whether an entry is written in this mapping, and not brought in by <c>&lt;&lt;</c>: anchors stand before what refers to them.</summary>
    public static bool IsOwn(YamlMapping mapping, YamlEntry entry) => IsBehind(entry.Key.Span, mapping.Span);

    /// <summary>Whether the value is written where the key is, and not by an alias.</summary>
    public static bool IsWrittenHere(YamlEntry entry) => IsBehind(entry.Value.Span, entry.Key.Span);

    /// <summary>One more entry behind the others. Text of several lines is indented as the mapping is.</summary>
    public TextEdit? Appended(YamlMapping mapping, string entry)
    {
        var own = mapping.Entries.Where(each => IsOwn(mapping, each)).ToList();
        if (mapping.Closing is { } closing)
        {
            return own.Count == 0 ? FirstInBrackets(mapping.Span, closing, entry) : EndOf(own[^1]) is { } end ? new TextEdit(end, end, ", " + entry) : null;
        }

        return own.Count == 0 ? null : BehindLine(own[^1], own[0].Key.Span.Column, entry);
    }

    /// <summary>As <see cref="Appended(YamlMapping, string)"/>, right behind one of the entries.</summary>
    public TextEdit? Behind(YamlMapping mapping, YamlEntry before, string entry) =>
        mapping.Closing is null ? BehindLine(before, before.Key.Span.Column, entry) : EndOf(before) is { } end ? new TextEdit(end, end, ", " + entry) : null;

    /// <summary>One more item of a list.</summary>
    public TextEdit? Appended(YamlSequence list, string item)
    {
        if (list.Closing is { } closing)
        {
            return list.Items.Count == 0 ? FirstInBrackets(list.Span, closing, item) : EndOf(list.Items[^1]) is { } end ? new TextEdit(end, end, ", " + item) : null;
        }

        var dash = list.Items.Count == 0 ? -1 : _draft.Text.LastIndexOf('-', _draft.Offset(list.Items[0].Span.Line, list.Items[0].Span.Column));
        return dash < 0 ? null : NewLine(LastLine(list.Items[^1]), dash - _draft.Text.LastIndexOf('\n', dash) - 1, "- " + item);
    }

    /// <summary>An entry of the mapping at the top, behind everything that is there, with a blank line before it.</summary>
    public TextEdit? AppendedToRoot(string entry)
    {
        if (Root is not { Closing: null, Entries: [.., var last] } root || root.Entries[0].Key.Span.Column != 1)
        {
            return null;
        }

        var end = _draft.EndOfLine(_draft.Offset(LastLine(last), 1));
        var text = _draft.LineEnd + _draft.LineEnd + entry.Replace("\n", _draft.LineEnd, StringComparison.Ordinal);
        return new TextEdit(end, end, end == _draft.Text.Length ? text + _draft.LineEnd : text);
    }

    /// <summary>The value of a key that has none yet: a mapping below it, two deeper.</summary>
    public TextEdit? Below(YamlEntry key, string entry) =>
        key.Value is YamlScalar { IsNull: true, Value: "" } ? NewLine(key.Key.Span.Line, key.Key.Span.Column + 1, entry) : null;

    private TextEdit? BehindLine(YamlEntry before, int column, string entry) => NewLine(LastLine(before), column - 1, entry);

    private TextEdit? NewLine(int line, int indent, string text)
    {
        var end = _draft.EndOfLine(_draft.Offset(line, 1));
        var margin = _draft.LineEnd + new string(' ', indent);
        return new TextEdit(end, end, margin + text.Replace("\n", margin, StringComparison.Ordinal));
    }

    private TextEdit? FirstInBrackets(SourceSpan opening, SourceSpan closing, string entry)
    {
        var start = _draft.Offset(opening.Line, opening.Column);
        var end = BehindBracket(closing);
        var between = end - start < 2 ? "" : _draft.Text[(start + 1)..(end - 1)];
        return _draft.Text[start] is '{' or '[' && between.Trim().Length == 0 ? new TextEdit(start + 1, end - 1, $" {entry} ") : null;
    }

    private int BehindBracket(SourceSpan closing) => Math.Min(_draft.Offset(closing.Line, closing.Column) + 1, _draft.Text.Length);

    private int? EndOf(YamlEntry entry) => IsWrittenHere(entry) ? EndOf(entry.Value) : null;

    private int? EndOf(YamlNode node) => node switch
    {
        YamlScalar scalar => Token(scalar)?.End,
        YamlMapping { Closing: { } closing } => BehindBracket(closing),
        YamlSequence { Closing: { } closing } => BehindBracket(closing),
        _ => null,
    };

    private int LastLine(YamlEntry entry) => IsWrittenHere(entry) ? Math.Max(entry.Key.Span.Line, LastLine(entry.Value)) : entry.Key.Span.Line;

    /// <summary>The last line that a value is on; blank lines behind it do not count.</summary>
    private int LastLine(YamlNode node)
    {
        var line = node switch
        {
            YamlScalar { Span: { EndColumn: 1 } span } when span.EndLine > span.Line => span.EndLine - 1, // a block of lines ends where the next line begins
            YamlScalar scalar => scalar.Span.EndLine,
            YamlMapping { Closing: { } closing } => closing.Line,
            YamlSequence { Closing: { } closing } => closing.Line,
            YamlMapping mapping => mapping.Entries.Where(entry => IsOwn(mapping, entry)).Select(LastLine).Append(mapping.Span.Line).Max(),
            YamlSequence list => list.Items.Where(item => IsBehind(item.Span, list.Span)).Select(LastLine).Append(list.Span.Line).Max(),
            _ => node.Span.EndLine,
        };
        while (line > node.Span.Line && _draft.Offset(line, 1) is var start && _draft.Text.AsSpan()[start.._draft.EndOfLine(start)].IsWhiteSpace())
        {
            line--;
        }

        return line;
    }

    private static bool IsBehind(SourceSpan place, SourceSpan other) => (place.Line, place.Column).CompareTo((other.Line, other.Column)) >= 0;
}
