using System.Globalization;
using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.TagTemplates;

/// <summary>
/// Reads a tag template: <c>{name}</c> and <c>{name:digits}</c> between texts of a tag's own characters. Reports everything that is wrong with it, each at
/// its place.
/// </summary>
internal sealed class TagTemplateReader(Located<string> written, DiagnosticBag diagnostics)
{
    private const int FewestDigits = 4;
    private const int MostDigits = 64;

    private static readonly Dictionary<string, TagPlaceholder> Names = Enum.GetValues<TagPlaceholder>()
        .ToDictionary(placeholder => char.ToLowerInvariant(placeholder.ToString()[0]) + placeholder.ToString()[1..], StringComparer.Ordinal);

    private readonly string _text = written.Value;
    private readonly List<TagPiece> _pieces = [];
    private bool _isBroken;

    /// <returns>Null when it is broken.</returns>
    public static TagTemplate? Read(Located<string> written, DiagnosticBag diagnostics) => new TagTemplateReader(written, diagnostics).Read();

    private TagTemplate? Read()
    {
        if (_text.Length == 0)
        {
            Broken(0, 0, "it is empty");
        }

        var at = 0;
        while (at < _text.Length)
        {
            at = _text[at] == '{' ? Placeholder(at) : Literal(at);
        }

        return _isBroken ? null : new TagTemplate(_text, written.Span, _pieces);
    }

    private int Literal(int start)
    {
        var end = _text.IndexOf('{', start);
        end = end < 0 ? _text.Length : end;
        for (var index = start; index < end; index++)
        {
            if (Objection(index) is { } objection)
            {
                Broken(index, 1, objection);
                break;
            }
        }

        _pieces.Add(new TagPiece(_text[start..end], null, null));
        return end;
    }

    private string? Objection(int index) => _text[index] switch
    {
        '}' => "'}' closes nothing",
        '/' or ':' => $"'{_text[index]}' cannot be in a tag; write the tag alone, the repository comes from 'registry' and the image's name",
        '.' or '-' when index == 0 => $"a tag cannot begin with '{_text[0]}'",
        '.' or '-' or '_' => null,
        var character when char.IsAsciiLetterOrDigit(character) => null,
        var character => $"'{character}' cannot be in a tag; letters, digits, '.', '-' and '_' can",
    };

    private int Placeholder(int start)
    {
        var end = _text.IndexOf('}', start);
        if (end < 0)
        {
            Broken(start, _text.Length - start, "'{' is never closed");
            return _text.Length;
        }

        var inner = _text[(start + 1)..end];
        var colon = inner.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? inner : inner[..colon];
        if (!Names.TryGetValue(name, out var placeholder))
        {
            _isBroken = true;
            diagnostics.Add(Rules.UnknownPlaceholder.At(
                Place(start, end + 1 - start), _text[start..(end + 1)], _text, start + 1, DidYouMean.Phrase(name, Names.Keys), string.Join(", ", Names.Keys)));
        }
        else if (colon < 0)
        {
            _pieces.Add(new TagPiece(_text[start..(end + 1)], placeholder, null));
        }
        else if (placeholder is not (TagPlaceholder.Sha or TagPlaceholder.Key))
        {
            Broken(start + 1 + colon, inner.Length - colon, $"'{name}' takes no number of digits, only 'sha' and 'key' do");
        }
        else if (!int.TryParse(inner[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length is < FewestDigits or > MostDigits)
        {
            Broken(start + 1 + colon, inner.Length - colon, $"'{inner[(colon + 1)..]}' is not a number of digits from {FewestDigits} to {MostDigits}");
        }
        else
        {
            _pieces.Add(new TagPiece(_text[start..(end + 1)], placeholder, length));
        }

        return end + 1;
    }

    private void Broken(int offset, int length, string reason)
    {
        _isBroken = true;
        diagnostics.Add(Rules.BrokenTagTemplate.At(Place(offset, length), _text, offset + 1, reason));
    }

    /// <summary>The exact columns where the file has the template letter by letter, with or without quotes; else the place of the whole.</summary>
    private SourceSpan Place(int offset, int length)
    {
        var span = written.Span;
        var quotes = span.EndColumn - span.Column - _text.Length;
        if (span.Line != span.EndLine || quotes is not (0 or 2))
        {
            return span;
        }

        var column = span.Column + (quotes / 2) + offset;
        return span with { Column = column, EndColumn = column + length };
    }
}
