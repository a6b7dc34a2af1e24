using System.Globalization;
using System.Text;

namespace Orchestrator.Tool.Live;

/// <summary>
/// Paints frames at the end of a terminal's output, each over the one before, with lines above them that stay. Spectre.Console's live display does
/// that too, but it keeps the cursor hidden for as long as it shows anything, so that a process which is killed leaves a terminal without one. Here
/// each change of the screen is one write, and whatever that switches off (the cursor, the wrapping of lines) it switches on again at its end; and it
/// is no assembly more to load. Not for several threads at once.
/// </summary>
/// <param name="write">Writes a text to the terminal at once.</param>
internal sealed class Painter(Action<string> write)
{
    private const string HideCursor = "\u001b[?25l";
    private const string ShowCursor = "\u001b[?25h";
    private const string NoWrap = "\u001b[?7l";
    private const string Wrap = "\u001b[?7h";
    private const string ClearToEnd = "\u001b[J";
    private const string ClearLine = "\u001b[2K";

    private readonly StringBuilder _text = new();

    /// <summary>The cells of each line of the frame that stands on the screen.</summary>
    private IReadOnlyList<int> _painted = [];

    /// <param name="above">Lines that stay, above the frame; they may be longer than the screen is wide.</param>
    /// <param name="frame">The new frame; empty: none.</param>
    /// <param name="width">Of the screen now, which a terminal may have wrapped the old frame to.</param>
    /// <param name="height">Of the screen now; what is above it cannot be reached.</param>
    public void Paint(IReadOnlyList<string> above, IReadOnlyList<string> frame, int width, int height)
    {
        if (above.Count == 0 && frame.Count == 0 && _painted.Count == 0)
        {
            return;
        }

        _text.Clear().Append(HideCursor);
        Return(width, height);
        if (above.Count > 0)
        {
            _text.Append(ClearToEnd);
            foreach (var line in above)
            {
                _text.Append(line).Append('\n');
            }
        }

        _text.Append(NoWrap);
        foreach (var line in frame)
        {
            _text.Append(ClearLine).Append(line).Append('\n');
        }

        _text.Append(ClearToEnd).Append(Wrap).Append(ShowCursor);
        write(_text.ToString());
        _painted = [.. frame.Select(Cells)];
    }

    /// <summary>To where the frame begins. Terminals that became narrower have wrapped its lines.</summary>
    private void Return(int width, int height)
    {
        var rows = _painted.Sum(cells => Math.Max(1, (cells + width - 1) / width));
        rows = Math.Min(rows, Math.Max(0, height - 1));
        _text.Append('\r');
        if (rows > 0)
        {
            _text.Append("\u001b[").Append(rows.ToString(CultureInfo.InvariantCulture)).Append('A');
        }
    }

    /// <summary>Without the colours.</summary>
    private static int Cells(string line)
    {
        var cells = 0;
        var isColour = false;
        foreach (var character in line.EnumerateRunes())
        {
            if (character.Value == '\u001b')
            {
                isColour = true;
            }
            else if (!isColour)
            {
                cells += CellText.Width(character);
            }
            else if (character.Value == 'm')
            {
                isColour = false;
            }
        }

        return cells;
    }
}
