using System.Text;

namespace Orchestrator.Building;

/// <summary>
/// Makes lines of a step's output, which comes in pieces that end anywhere, even within a character. What would move a terminal's cursor, colour
/// it or ring its bell is left out, and a carriage return begins the line anew, as it does on a screen.
/// </summary>
internal sealed class LogLines
{
    private const int MaximumLineLength = 4000;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _line = new();
    private Escape _escape;
    private bool _returns;

    private enum Escape
    {
        /// <summary>Text.</summary>
        None,

        /// <summary>After ESC.</summary>
        Begun,

        /// <summary>After ESC [, until a letter.</summary>
        Control,

        /// <summary>After ESC ], until BEL or ESC \.</summary>
        Command,
    }

    /// <summary>What has no line end yet.</summary>
    public string Rest => _line.ToString();

    /// <returns>The lines that the piece ends.</returns>
    public IReadOnlyList<string> Add(ReadOnlySpan<byte> piece)
    {
        var text = new char[_decoder.GetCharCount(piece, flush: false)];
        _decoder.GetChars(piece, text, flush: false);
        var lines = new List<string>();
        foreach (var character in text)
        {
            if (character == '\n')
            {
                lines.Add(Rest);
                _line.Clear();
                (_escape, _returns) = (Escape.None, false);
            }
            else if (!IsPartOfEscape(character))
            {
                Append(character);
            }
        }

        return lines;
    }

    private void Append(char character)
    {
        if (character == '\r')
        {
            _returns = true;
            return;
        }

        if (_returns)
        {
            _line.Clear();
            _returns = false;
        }

        if (_line.Length < MaximumLineLength && (!char.IsControl(character) || character == '\t'))
        {
            _line.Append(character);
        }
    }

    private bool IsPartOfEscape(char character)
    {
        const char Start = '\u001b';
        const char Bell = '\a';
        var before = _escape;
        _escape = before switch
        {
            _ when character == Start => Escape.Begun,
            Escape.Begun when character == '[' => Escape.Control,
            Escape.Begun when character == ']' => Escape.Command,
            Escape.Begun when character is >= ' ' and <= '/' => Escape.Begun,
            Escape.Control when character is < '@' or > '~' => Escape.Control,
            Escape.Command when character != Bell => Escape.Command,
            _ => Escape.None,
        };
        return before != Escape.None || _escape != Escape.None;
    }
}
