using System.Globalization;
using System.Text;

namespace Orchestrator.Testing;

/// <summary>What a person sees of an output after a terminal took it: as much of a terminal as this program uses, and an error for anything else.</summary>
internal sealed class Screen(int width)
{
    private readonly List<StringBuilder> _lines = [new()];
    private int _row;
    private int _column;

    public bool IsCursorShown { get; private set; } = true;

    public bool Wraps { get; private set; } = true;

    /// <summary>All lines from the beginning, those that scrolled away too, without blanks at their ends.</summary>
    public IReadOnlyList<string> Lines => [.. _lines.Select(line => line.ToString().TrimEnd())];

    public string Text => string.Join('\n', Lines).TrimEnd('\n');

    public Screen Take(string output)
    {
        for (var at = 0; at < output.Length; at++)
        {
            if (output[at] == '\u001b')
            {
                at = Sequence(output, at);
            }
            else
            {
                Put(output[at]);
            }
        }

        return this;
    }

    private void Put(char character)
    {
        switch (character)
        {
            case '\r':
                _column = 0;
                break;
            case '\n':
                Down();
                _column = 0;
                break;
            default:
                if (_column >= width && Wraps)
                {
                    Down();
                    _column = 0;
                }

                _column = Math.Min(_column, width - 1);
                var line = _lines[_row];
                line.Append(' ', Math.Max(0, _column + 1 - line.Length));
                line[_column++] = character;
                break;
        }
    }

    private void Down()
    {
        if (++_row == _lines.Count)
        {
            _lines.Add(new StringBuilder());
        }
    }

    private int Sequence(string output, int at)
    {
        var end = at + 2;
        if (output[at + 1] != '[')
        {
            // ESC = and ESC >, by which .NET sets up the keys of a terminal.
            return at + 1;
        }

        while (output[end] is < '@' or > '~')
        {
            end++;
        }

        var parameter = output[(at + 2)..end];
        switch (output[end])
        {
            case 'A':
                _row = Math.Max(0, _row - int.Parse(parameter, CultureInfo.InvariantCulture));
                break;
            case 'J' when parameter.Length == 0:
                Cut();
                _lines.RemoveRange(_row + 1, _lines.Count - _row - 1);
                break;
            case 'K' when parameter is "2":
                _lines[_row].Clear();
                break;
            case 'h' or 'l':
                Switch(parameter, output[end] == 'h');
                break;
            case 'm':
                break;
            default:
                throw new NotSupportedException($"ESC[{parameter}{output[end]}");
        }

        return end;
    }

    private void Cut()
    {
        if (_lines[_row].Length > _column)
        {
            _lines[_row].Length = _column;
        }
    }

    private void Switch(string parameter, bool isOn)
    {
        switch (parameter)
        {
            case "?25":
                IsCursorShown = isOn;
                break;
            case "?7":
                Wraps = isOn;
                break;
            case "?1":
                break;
            default:
                throw new NotSupportedException(parameter);
        }
    }
}
