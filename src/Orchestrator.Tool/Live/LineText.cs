using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.Tool.Live;

/// <summary>Puts one line together that never takes more cells than there are; colours take none.</summary>
internal sealed class LineText(int width, Look look)
{
    private readonly StringBuilder _text = new();

    /// <summary>Cells that are left.</summary>
    public int Room { get; private set; } = width;

    public LineText Add(string text, Colour colour = Colour.None)
    {
        // Of blanks, nothing is lost.
        var fitted = CellText.Fit(VisibleLine.Of(text), Room, string.IsNullOrWhiteSpace(text) ? "" : look.Ellipsis);
        Room -= CellText.Width(fitted);
        _text.Append(look.Paint(fitted, colour));
        return this;
    }

    /// <summary>A column of so many cells, or of what is left.</summary>
    public LineText Column(string text, int cells, Colour colour = Colour.None) => Add(CellText.Pad(VisibleLine.Of(text), Math.Min(cells, Room), look.Ellipsis), colour);

    public override string ToString() => _text.ToString();
}
