using System.Globalization;
using System.Text;

namespace Orchestrator.Tool.Drawing;

/// <summary>
/// Writes elements of HTML and SVG. Texts and values of attributes can only come in escaped, so that nothing that an image, a step or a log says can become
/// an element; what only confuses (control characters, marks that turn the direction of writing) becomes U+FFFD.
/// </summary>
internal sealed class Markup
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <param name="tag">A constant.</param>
    /// <param name="attributes">Names are constants; one without a value is left out.</param>
    public Markup Open(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Begin(tag, attributes);
        _text.Append('>');
        _open.Push(tag);
        return this;
    }

    /// <summary>Ends what was opened last.</summary>
    public Markup Close()
    {
        _text.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>The same, and the line.</summary>
    public Markup CloseLine()
    {
        Close();
        _text.Append('\n');
        return this;
    }

    /// <summary>An element with nothing in it.</summary>
    public Markup Empty(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Begin(tag, attributes);
        _text.Append("/>");
        return this;
    }

    /// <summary>An element with nothing but text in it.</summary>
    public Markup Element(string tag, string text, params ReadOnlySpan<(string Name, string? Value)> attributes) => Open(tag, attributes).Text(text).Close();

    public Markup Text(string text)
    {
        Escape(text);
        return this;
    }

    /// <summary>What is markup already, or a style or script of ours.</summary>
    public Markup Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>A length or place in an attribute.</summary>
    public static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    public override string ToString() => _text.ToString();

    private void Begin(string tag, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _text.Append('<').Append(tag);
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                _text.Append(' ').Append(name).Append("=\"");
                Escape(value);
                _text.Append('"');
            }
        }
    }

    private void Escape(string text)
    {
        // A surrogate without its other half comes out of this as U+FFFD.
        foreach (var character in text.EnumerateRunes())
        {
            _ = character.Value switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                _ when IsConfusing(character) => _text.Append('\uFFFD'),
                _ => _text.Append(character.ToString()),
            };
        }
    }

    private static bool IsConfusing(Rune character) => character.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0xFFFE or 0xFFFF
        || (Rune.IsControl(character) && character.Value is not ('\n' or '\t'));
}
