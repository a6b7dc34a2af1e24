namespace Orchestrator.Tool.Live;

/// <summary>
/// The part of the screen that changes while a run goes on: a row for each image at work and each transfer, and a bar. A pure function of the
/// state, the time and the size of the screen; no line takes more cells than there are.
/// </summary>
internal static class Frame
{
    private const int TimeCells = 8;
    private const int Gap = 2;

    /// <summary>From this width on, bytes have a column of their own when there are any; below, they stand in place of the step.</summary>
    private const int WideEnough = 70;
    private const int BytesCells = 19;

    /// <returns>At most <paramref name="height"/> lines, none of them wider than <paramref name="width"/> cells.</returns>
    public static IReadOnlyList<string> Lines(RunState state, TimeSpan now, int width, int height, Look look)
    {
        if (height < 1 || width < 1 || (!state.IsBusy && state.Images.Count == 0))
        {
            return [];
        }

        var rows = state.Transfers.Select(row => (Name: row.Name, Text: row.Verb, row.Bytes, row.Started))
            .Concat(state.Running.Select(row => (row.Name, Text: row.Note ?? row.Current?.Name ?? "", Bytes: row.Current?.Bytes ?? default, row.Started))).ToList();
        var names = NameCells(rows.Select(row => row.Name), width);
        var room = Math.Max(0, height - 1);
        var shown = rows.Count <= room ? rows.Count : Math.Max(0, room - 1);
        var bytes = width >= WideEnough && rows.Take(shown).Any(row => row.Bytes.IsLarge) ? BytesCells : 0;
        var lines = rows.Take(shown).Select(row => Row(row.Name, row.Text, row.Bytes, now - row.Started, (names, bytes), width, look)).ToList();
        if (shown < rows.Count && room > 0)
        {
            lines.Add(new LineText(width, look).Add($" and {rows.Count - shown} more", Colour.Dim).ToString());
        }

        lines.Add(Bar(state, now, width, look));
        return lines;
    }

    /// <summary>The width of the column of names: what they need, and at most a third of the screen.</summary>
    public static int NameCells(IEnumerable<string> names, int width)
    {
        const int Least = 8;
        return Math.Min(names.Select(CellText.Width).DefaultIfEmpty(Least).Max(), Math.Max(Least, width / 3));
    }

    private static string Row(string name, string text, Transfer bytes, TimeSpan elapsed, (int Names, int Bytes) columns, int width, Look look)
    {
        var line = new LineText(width, look).Add(" ").Column(name, columns.Names, Colour.Name).Add("  ");
        if (columns.Bytes == 0 && bytes.IsLarge)
        {
            text = bytes.Text;
        }

        var cells = line.Room - TimeCells - Gap - (columns.Bytes > 0 ? columns.Bytes + Gap : 0);
        if (cells > 0)
        {
            line.Column(text, cells).Add("  ");
        }

        if (columns.Bytes > 0)
        {
            line.Add(CellText.PadLeft(bytes.IsLarge ? bytes.Text : "", columns.Bytes, look.Ellipsis)).Add("  ");
        }

        return line.Add(CellText.PadLeft(ClockText.Of(elapsed), TimeCells, look.Ellipsis), Colour.Dim).ToString();
    }

    private static string Bar(RunState state, TimeSpan now, int width, Look look)
    {
        const int Longest = 40;
        const int Shortest = 6;
        var total = state.Images.Count;
        var line = new LineText(width, look).Add(" ");
        if (total == 0)
        {
            return line.Add(ClockText.Of(now), Colour.Dim).ToString();
        }

        var words = $"{state.Settled}/{total}";
        if (state.Failed > 0)
        {
            words += $"  {state.Failed} failed";
        }

        words += $"  {ClockText.Of(now)}";
        if (state.Left(now) is { } left)
        {
            var about = $"  {ClockText.About(left)} left";
            words += CellText.Width(words + about) + Shortest + 3 <= width ? about : "";
        }

        var cells = Math.Min(Longest, line.Room - CellText.Width(words) - Gap);
        if (cells >= Shortest)
        {
            var done = (int)((long)cells * state.Settled / total);
            line.Add(new string(look.Done, done), state.Failed > 0 ? Colour.Bad : Colour.Good).Add(new string(look.Left, cells - done), Colour.Dim).Add("  ");
        }

        return line.Add(words).ToString();
    }
}
