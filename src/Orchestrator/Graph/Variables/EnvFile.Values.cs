using System.Globalization;
using System.Text;

namespace Orchestrator.Graph.Variables;

/// <content>Values: plain to the end of the line, or quoted over several lines.</content>
internal sealed partial class EnvFile
{
    private void ReadPlain(string name)
    {
        var start = _index;
        _index = LineEnd(start);
        var value = _text[start.._index];
        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        value = (comment < 0 ? value : value[..comment]).TrimEnd();
        _values[name] = _interpolation.Expand(value, index => PlaceOf(start + index));
    }

    private bool ReadQuoted(string name)
    {
        var start = _index;
        var quote = _text[start];
        var value = new StringBuilder();
        for (_index++; _index < _text.Length && _text[_index] != quote; _index++)
        {
            if (_text[_index] == '\\' && _index + 1 < _text.Length)
            {
                _index++;
                value.Append(quote == '"' ? Escaped() : _text[_index] == quote ? quote.ToString() : "\\" + _text[_index]);
            }
            else
            {
                value.Append(_text[_index]);
            }
        }

        if (_index >= _text.Length)
        {
            return Fail(start, "the quote is not closed");
        }

        _index++;
        _values[name] = quote == '"' ? _interpolation.Expand(value.ToString(), _ => PlaceOf(start)) : value.ToString();
        return true; // what follows is read as the next line would be
    }

    /// <summary>What a backslash and the character at the index stand for. An escaped dollar sign becomes two, which interpolation makes one of again.</summary>
    private string Escaped()
    {
        var character = _text[_index];
        return character switch
        {
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            'a' => "\a",
            'b' => "\b",
            'f' => "\f",
            'v' => "\v",
            '"' => "\"",
            '\\' => "\\",
            '$' => "$$",
            '0' => Octal(),
            _ => "\\" + character,
        };
    }

    private string Octal()
    {
        var code = 0;
        for (var digits = 0; digits < 3 && _index + 1 < _text.Length && _text[_index + 1] is >= '0' and <= '7'; digits++)
        {
            _index++;
            code = (code * 8) + CharUnicodeInfo.GetDecimalDigitValue(_text[_index]);
        }

        return code == 0 ? "" : ((char)code).ToString();
    }
}
