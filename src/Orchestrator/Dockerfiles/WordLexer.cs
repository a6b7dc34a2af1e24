using System.Text;

namespace Orchestrator.Dockerfiles;

/// <summary>
/// One pass over one text: quotes, escapes and substitutions as in a POSIX shell, with the exceptions that BuildKit makes.
/// Two results come out, the text and the words in it. Methods return null once <see cref="Error"/> is set.
/// </summary>
internal sealed partial class WordLexer(string text, char escapeToken, WordLexing lexing, Func<string, string?> lookup)
{
    /// <summary>Substitutions inside substitutions; far more than anybody writes, far less than the stack holds.</summary>
    private const int DeepestNesting = 100;

    private List<string> _words = [];
    private readonly StringBuilder _word = new();
    private bool _keepEscapes = lexing.HasFlag(WordLexing.KeepEscapes);
    private bool _inWord;
    private int _position;
    private int _depth;

    public ExpansionError? Error { get; private set; }

    /// <summary>False when a substitution used a rule that is not reproduced here to the letter.</summary>
    public bool IsExact { get; private set; } = true;

    public IReadOnlyList<string> Words => _words;

    private bool AtEnd => _position >= text.Length;

    private char Peek => AtEnd ? '\0' : text[_position];

    public string? Run()
    {
        var result = ReadUntil(null);
        EndWord();
        return result;
    }

    /// <summary>Reads up to and over the stop character; without one to the end of the text.</summary>
    private string? ReadUntil(char? stop)
    {
        var result = new StringBuilder();
        _word.Clear();
        while (!AtEnd)
        {
            if (stop is { } wanted && Peek == wanted)
            {
                _position++;
                return result.ToString();
            }

            if (ReadSpecial() is { } special)
            {
                result.Append(special);
            }
            else if (Error is not null)
            {
                return null;
            }
            else
            {
                ReadCharacter(result);
            }
        }

        return stop is null ? result.ToString() : Fail("the closing '" + stop + "' is missing");
    }

    /// <summary>A substitution, a quoted part or the opening of a heredoc; null when there is none, or on an error.</summary>
    private string? ReadSpecial()
    {
        var first = Peek;
        var ignoresQuotes = lexing.HasFlag(WordLexing.IgnoreQuotes);
        var special = first switch
        {
            '$' => ReadSubstitution(),
            '<' => ReadHeredocOpening(),
            '\'' when !ignoresQuotes => ReadSingleQuoted(),
            '"' when !ignoresQuotes => ReadDoubleQuoted(),
            _ => null,
        };
        if (special is null)
        {
            return null;
        }

        if (first == '$')
        {
            foreach (var character in special)
            {
                AddToWord(character);
            }
        }
        else
        {
            _inWord = true;
            _word.Append(special);
        }

        return special;
    }

    private void ReadCharacter(StringBuilder result)
    {
        var character = text[_position++];
        if (character != escapeToken)
        {
            AddToWord(character);
            result.Append(character);
            return;
        }

        if (_keepEscapes)
        {
            _inWord = true;
            _word.Append(character);
            result.Append(character);
        }

        if (!AtEnd)
        {
            _inWord = true;
            _word.Append(Peek);
            result.Append(text[_position++]);
        }
    }

    private void AddToWord(char character)
    {
        if (!char.IsWhiteSpace(character))
        {
            _inWord = true;
            _word.Append(character);
        }
        else if (_inWord && _word.Length > 0)
        {
            EndWord();
        }
    }

    private void EndWord()
    {
        if (_word.Length > 0)
        {
            _words.Add(_word.ToString());
        }

        _word.Clear();
        _inWord = false;
    }

    private string? ReadSingleQuoted()
    {
        var end = text.IndexOf('\'', _position + 1);
        if (end < 0)
        {
            return Fail("the closing single quote is missing");
        }

        var quoted = text[(_position + 1)..end];
        _position = end + 1;
        return lexing.HasFlag(WordLexing.KeepQuotes) ? $"'{quoted}'" : quoted;
    }

    private string? ReadDoubleQuoted()
    {
        var result = new StringBuilder();
        var quote = lexing.HasFlag(WordLexing.KeepQuotes) ? "\"" : "";
        _position++;
        while (!AtEnd)
        {
            switch (Peek)
            {
                case '"':
                    _position++;
                    return quote + result + quote;
                case '$':
                    if (ReadSubstitution() is not { } value)
                    {
                        return null;
                    }

                    result.Append(value);
                    break;
                default:
                    ReadQuotedCharacter(result);
                    break;
            }
        }

        return Fail("the closing double quote is missing");
    }

    /// <summary>Only a quote, a dollar and the escape token itself can be escaped here; before anything else the escape token is a character.</summary>
    private void ReadQuotedCharacter(StringBuilder result)
    {
        var character = text[_position++];
        if (character == escapeToken)
        {
            if (_keepEscapes)
            {
                result.Append(character);
            }

            if (AtEnd)
            {
                return;
            }

            if (Peek is '"' or '$' || Peek == escapeToken)
            {
                character = text[_position++];
            }
        }

        result.Append(character);
    }

    private string ReadHeredocOpening()
    {
        var start = _position++;
        if (Peek != '<')
        {
            return "<";
        }

        _position++;
        while (Peek is '\t' or '\r' or ' ')
        {
            _position++;
        }

        return text[start.._position];
    }

    private string? Fail(string message, bool dependsOnValue = false)
    {
        Error ??= new ExpansionError(message, dependsOnValue);
        return null;
    }
}
