using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.Tool.Live;

namespace Orchestrator.Tool.Drawing;

/// <summary>Draws a graph as SVG: from the left to the right by waves. Colours come from the style of whoever shows it.</summary>
/// <param name="images">In dependency order.</param>
internal sealed class GraphDrawing(IReadOnlyList<DrawnImage> images)
{
    private const double Margin = 12;
    private const double HeadHeight = 28;
    private const double Between = 56;
    private const double NarrowestColumn = 80; // with the room behind it enough for its head
    private const double Padding = 12;
    private const double ArrowLength = 6;
    private const double CharacterWidth = 7.3;
    private const double DetailCharacterWidth = 6.1;
    private const int LongestLabel = 34;

    private readonly double _height = images.Any(image => image.Detail.Length > 0) ? 38 : 26;

    /// <summary>Names of images that are one chain, each built on the one before; the lines between them are emphasised.</summary>
    public IReadOnlyList<string> Emphasised { get; init; } = [];

    /// <param name="markup">Where it is written.</param>
    /// <param name="title">What it shows, in a few words.</param>
    /// <param name="description">The same for who does not see it.</param>
    /// <param name="style">The style that belongs to it where it stands alone; null on a page, whose own it is.</param>
    public void Write(Markup markup, string title, string description, string? style)
    {
        var columns = LayeredLayout.Of(images, _height);
        var x = Margin;
        foreach (var column in columns)
        {
            (column.X, column.Width) = (x, Math.Max(NarrowestColumn, column.Cells.Where(cell => !cell.IsLane).Max(cell => Width(cell.Image))));
            x += column.Width + Between;
        }

        var width = Math.Max(x - Between, 0) + Margin;
        var height = columns.SelectMany(column => column.Cells).Select(cell => cell.Y).DefaultIfEmpty(0).Max() + (_height / 2) + HeadHeight + Margin;
        markup.Open(
            "svg", ("xmlns", style is null ? null : "http://www.w3.org/2000/svg"), ("class", "graph"), ("viewBox", $"0 0 {Markup.Number(width)} {Markup.Number(height)}"),
            ("width", Markup.Number(width)), ("height", Markup.Number(height)), ("role", images.Any(image => image.Link is not null) ? "group" : "img"), ("aria-labelledby", "graph-title graph-description"));
        markup.Element("title", title, ("id", "graph-title")).Element("desc", description, ("id", "graph-description"));
        if (style is not null)
        {
            markup.Element("style", style).Empty("rect", ("class", "ground"), ("width", "100%"), ("height", "100%"));
        }

        Heads(markup, columns);
        Lines(markup, columns);
        foreach (var column in columns)
        {
            foreach (var cell in column.Cells.Where(cell => !cell.IsLane))
            {
                Image(markup, column, cell);
            }
        }

        markup.CloseLine();
    }

    private static double Width(DrawnImage image) => Math.Ceiling((2 * Padding) + Math.Max(
        CellText.Width(Shown(image.Label)) * CharacterWidth, CellText.Width(Shown(image.Detail)) * DetailCharacterWidth));

    private static string Shown(string text) => CellText.Fit(VisibleLine.Of(text), LongestLabel);

    private static void Heads(Markup markup, IReadOnlyList<Column> columns)
    {
        foreach (var wave in columns.GroupBy(column => column.Wave))
        {
            var count = wave.Sum(column => column.Cells.Count(cell => !cell.IsLane));
            markup.Element("text", count == 1 ? $"wave {wave.Key + 1}" : $"wave {wave.Key + 1}: {count} images", ("class", "wave"), ("x", Markup.Number(wave.First().X)), ("y", "18"));
        }
    }

    /// <summary>All lines from an image are one path; those of the chain lie over it.</summary>
    private void Lines(Markup markup, IReadOnlyList<Column> columns)
    {
        var chain = Emphasised.Zip(Emphasised.Skip(1)).ToHashSet();
        var paths = images.ToDictionary(image => image.Name, _ => new StringBuilder(), StringComparer.Ordinal);
        var emphasised = new StringBuilder();
        foreach (var (index, column) in columns.Index())
        {
            foreach (var cell in column.Cells)
            {
                var path = paths[cell.Image.Name];
                if (cell.IsLane)
                {
                    path.Append(Point('M', column.X, cell)).Append(Point('L', column.X + column.Width, cell));
                }

                foreach (var next in cell.Right)
                {
                    path.Append(Curve(column, cell, columns[index + 1], next));
                }
            }
        }

        foreach (var (from, to) in chain)
        {
            emphasised.Append(Way(columns, from, to));
        }

        foreach (var image in images.Where(image => paths[image.Name].Length > 0))
        {
            markup.Empty("path", ("class", "line"), ("d", paths[image.Name].ToString()));
        }

        if (emphasised.Length > 0)
        {
            markup.Empty("path", ("class", "line critical"), ("d", emphasised.ToString()));
        }
    }

    /// <summary>The way of one line from image to image.</summary>
    private static string Way(IReadOnlyList<Column> columns, string from, string to)
    {
        var way = new StringBuilder();
        var index = columns.Index().First(column => column.Item.Cells.Exists(cell => !cell.IsLane && cell.Image.Name == from)).Index;
        var cell = columns[index].Cells.Find(cell => !cell.IsLane && cell.Image.Name == from);
        while (cell is not null && (cell.IsLane || cell.Image.Name == from))
        {
            var next = cell.Right.Find(next => !next.IsLane && next.Image.Name == to) ?? cell.Right.Find(next => next.IsLane && next.Image.Name == from);
            if (cell.IsLane)
            {
                way.Append(Point('M', columns[index].X, cell)).Append(Point('L', columns[index].X + columns[index].Width, cell));
            }

            if (next is not null)
            {
                way.Append(Curve(columns[index], cell, columns[index + 1], next));
            }

            (cell, index) = (next, index + 1);
        }

        return way.ToString();
    }

    private static string Curve(Column column, Cell cell, Column nextColumn, Cell next)
    {
        var (from, to) = (column.X + column.Width, nextColumn.X - (next.IsLane ? 0 : ArrowLength));
        var middle = (from + to) / 2;
        return $"{Point('M', from, cell)}{Point('C', middle, cell)} {Markup.Number(middle)},{Markup.Number(next.Y + HeadHeight)} {Markup.Number(to)},{Markup.Number(next.Y + HeadHeight)}";
    }

    private static string Point(char verb, double x, Cell cell) => $"{verb}{Markup.Number(x)},{Markup.Number(cell.Y + HeadHeight)}";

    private void Image(Markup markup, Column column, Cell cell)
    {
        var image = cell.Image;
        var (x, y) = (column.X, cell.Y + HeadHeight);
        var spoken = string.Join(", ", new[] { image.Label, image.Detail }.Where(text => text.Length > 0));
        if (image.Link is { } link)
        {
            markup.Open("a", ("href", link), ("class", Class(image)), ("aria-label", spoken));
        }
        else
        {
            markup.Open("g", ("class", Class(image)));
        }

        markup.Element("title", spoken);
        markup.Empty("rect", ("x", Markup.Number(x)), ("y", Markup.Number(y - (_height / 2))), ("width", Markup.Number(column.Width)), ("height", Markup.Number(_height)), ("rx", "5"));
        if (cell.Left.Count > 0)
        {
            markup.Empty("path", ("class", "arrow"), ("d", $"M{Markup.Number(x - ArrowLength)},{Markup.Number(y - 4)}L{Markup.Number(x)},{Markup.Number(y)}L{Markup.Number(x - ArrowLength)},{Markup.Number(y + 4)}z"));
        }

        markup.Element("text", Shown(image.Label), ("class", "label"), ("x", Markup.Number(x + Padding)), ("y", Markup.Number(image.Detail.Length > 0 ? y - 3 : y + 4)));
        if (image.Detail.Length > 0)
        {
            markup.Element("text", Shown(image.Detail), ("class", "detail"), ("x", Markup.Number(x + Padding)), ("y", Markup.Number(y + 12)));
        }

        markup.CloseLine();
    }

    private static string Class(DrawnImage image) => image.State is null ? "image" : "image " + image.State;
}
