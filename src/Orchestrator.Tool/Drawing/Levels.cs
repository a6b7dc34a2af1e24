namespace Orchestrator.Tool.Drawing;

/// <summary>Gives the cells of a drawing their height: in order, with room between them, and otherwise as near to their neighbours as can be.</summary>
internal static class Levels
{
    private const int Sweeps = 4;
    private const double Gap = 10;
    private const double LaneHeight = 6;

    /// <param name="columns">Their cells in order.</param>
    /// <param name="height">Of an image.</param>
    public static void Set(IReadOnlyList<Column> columns, double height)
    {
        double Half(Cell cell) => (cell.IsLane ? LaneHeight : height + Gap) / 2;
        var tallest = columns.Select(column => column.Cells.Sum(cell => 2 * Half(cell))).DefaultIfEmpty(0).Max();
        foreach (var column in columns)
        {
            var y = (tallest - column.Cells.Sum(cell => 2 * Half(cell))) / 2;
            foreach (var cell in column.Cells)
            {
                (cell.Y, y) = (y + Half(cell), y + (2 * Half(cell)));
            }
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (var column in columns.Skip(1))
            {
                Move(column.Cells, cell => cell.Left, Half);
            }

            foreach (var column in columns.Reverse().Skip(1))
            {
                Move(column.Cells, cell => cell.Right, Half);
            }
        }

        var top = columns.SelectMany(column => column.Cells).Select(cell => cell.Y - Half(cell)).DefaultIfEmpty(0).Min();
        foreach (var cell in columns.SelectMany(column => column.Cells))
        {
            cell.Y = Math.Round(cell.Y - top);
        }
    }

    /// <summary>
    /// Moves each cell to the middle of its neighbours as far as its own order allows, with the smallest sum of squared distances: cells that would overlap
    /// become a block, which goes where its cells would go on average (pool adjacent violators).
    /// </summary>
    private static void Move(List<Cell> cells, Func<Cell, List<Cell>> neighbours, Func<Cell, double> half)
    {
        var offsets = new double[cells.Count];
        var blocks = new List<(double Sum, int Count, int First)>();
        for (var index = 0; index < cells.Count; index++)
        {
            offsets[index] = index == 0 ? 0 : offsets[index - 1] + half(cells[index - 1]) + half(cells[index]);
            var wanted = neighbours(cells[index]) is { Count: > 0 } next ? next.Average(cell => cell.Y) : cells[index].Y;
            var block = (Sum: wanted - offsets[index], Count: 1, First: index);
            while (blocks.Count > 0 && blocks[^1].Sum / blocks[^1].Count >= block.Sum / block.Count)
            {
                block = (block.Sum + blocks[^1].Sum, block.Count + blocks[^1].Count, blocks[^1].First);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        foreach (var (sum, count, first) in blocks)
        {
            for (var index = first; index < first + count; index++)
            {
                cells[index].Y = (sum / count) + offsets[index];
            }
        }
    }
}
