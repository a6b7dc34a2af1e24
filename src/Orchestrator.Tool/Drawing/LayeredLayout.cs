namespace Orchestrator.Tool.Drawing;

/// <summary>
/// Finds places for the images of a graph: a column for each wave, or several where a wave is large, from the left to the right. Lines that pass a column by
/// get a lane in it, one for all that come from the same image, so that no line crosses an image. Cells are then ordered by their neighbours (barycentres,
/// swept to and fro) and moved to their level. The same graph is always drawn the same.
/// </summary>
internal static class LayeredLayout
{
    private const int Sweeps = 6;
    private const int FewestRows = 12;

    /// <param name="images">In dependency order.</param>
    /// <param name="height">Of an image, without the room around it.</param>
    public static IReadOnlyList<Column> Of(IReadOnlyList<DrawnImage> images, double height)
    {
        var columns = Columns(images);
        Connect(images, columns);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var index = 1; index < columns.Count; index++)
            {
                Order(columns[index], cell => cell.Left);
            }

            for (var index = columns.Count - 2; index >= 0; index--)
            {
                Order(columns[index], cell => cell.Right);
            }
        }

        Levels.Set(columns, height);
        return columns;
    }

    /// <summary>About as many rows as make the whole somewhat wider than high.</summary>
    private static List<Column> Columns(IReadOnlyList<DrawnImage> images)
    {
        var rows = Math.Max(FewestRows, (int)Math.Ceiling(2 * Math.Sqrt(images.Count)));
        var columns = new List<Column>();
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var wave in images.GroupBy(image => image.Wave).OrderBy(wave => wave.Key))
        {
            // Images on the same bases together.
            var sorted = wave.OrderBy(image => image.Bases.Where(ranks.ContainsKey).Select(name => ranks[name]).DefaultIfEmpty(0).Average()).ToList();
            sorted.ForEach(image => ranks[image.Name] = ranks.Count);
            var parts = (sorted.Count + rows - 1) / rows;
            columns.AddRange(sorted.Chunk((sorted.Count + parts - 1) / parts).Select(part => new Column(wave.Key, [.. part.Select(image => new Cell(image, isLane: false))])));
        }

        return columns;
    }

    private static void Connect(IReadOnlyList<DrawnImage> images, List<Column> columns)
    {
        var places = columns.Index().SelectMany(column => column.Item.Cells.Select(cell => (column.Index, Cell: cell))).ToDictionary(place => place.Cell.Image.Name, StringComparer.Ordinal);
        var lanes = new Dictionary<(string From, int Column), Cell>();
        foreach (var image in images)
        {
            var (last, target) = places[image.Name];
            foreach (var (first, cell) in image.Bases.Where(places.ContainsKey).Select(name => places[name]))
            {
                var from = cell;
                for (var index = first + 1; index < last; index++)
                {
                    if (!lanes.TryGetValue((cell.Image.Name, index), out var lane))
                    {
                        lanes.Add((cell.Image.Name, index), lane = new Cell(cell.Image, isLane: true));
                        columns[index].Cells.Add(lane);
                    }

                    from.LeadTo(lane);
                    from = lane;
                }

                from.LeadTo(target);
            }
        }

        columns.ForEach(Number);
    }

    /// <summary>Until they have levels, cells are where they are in their column, from 0 to 1.</summary>
    private static void Number(Column column)
    {
        foreach (var (index, cell) in column.Cells.Index())
        {
            cell.Y = (index + 0.5) / column.Cells.Count;
        }
    }

    private static void Order(Column column, Func<Cell, List<Cell>> neighbours)
    {
        var sorted = column.Cells.OrderBy(cell => neighbours(cell) is { Count: > 0 } next ? next.Average(other => other.Y) : cell.Y).ToList();
        column.Cells.Clear();
        column.Cells.AddRange(sorted);
        Number(column);
    }
}
