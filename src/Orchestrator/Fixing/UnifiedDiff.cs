namespace Orchestrator.Fixing;

/// <summary>
/// A draft's edits as a unified diff that <c>git apply</c> and <c>patch</c> take. Nothing is searched: the edits say which lines change.
/// </summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>Lines from <paramref name="Start"/> (counted from 0) that others replace.</summary>
    private sealed record Change(int Start, IReadOnlyList<string> Removed, IReadOnlyList<string> Added);

    /// <param name="path">How the file is called in the diff, with slashes.</param>
    public static string Of(FileDraft draft, string path)
    {
        var lines = Lines(draft.Mark + draft.Text);
        var text = new StringWriter { NewLine = "\n" };
        text.WriteLine(draft.IsNew ? "--- /dev/null" : $"--- a/{path}");
        text.WriteLine($"+++ b/{path}");
        var shift = 0;
        foreach (var hunk in Hunks(Changes(draft, lines)))
        {
            shift += WriteHunk(text, lines, hunk, shift);
        }

        return text.ToString();
    }

    private static List<Change> Changes(FileDraft draft, List<string> lines)
    {
        var changes = new List<Change>();
        var edits = draft.Edits;
        for (var next = 0; next < edits.Count;)
        {
            var first = next;
            var (start, end) = Touched(draft, lines.Count, edits[next++]);
            while (next < edits.Count && Touched(draft, lines.Count, edits[next]) is var more && more.Start <= end)
            {
                end = Math.Max(end, more.End);
                next++;
            }

            // The mark goes before whatever is the first line then: the one below, where all of these are removed. No other edit is in that.
            end = start == 0 && draft.Mark.Length > 0 ? Math.Min(end + 1, lines.Count) : end;
            var result = draft.Apply(OffsetOf(draft, lines.Count, start), OffsetOf(draft, lines.Count, end), edits.Skip(first).Take(next - first));
            if (Trimmed(start, lines[start..end], Lines(start == 0 ? draft.Mark + result : result)) is { } change)
            {
                changes.Add(change);
            }
        }

        return changes;
    }

    /// <summary>The lines that an edit is in; none when it only adds lines behind the last one.</summary>
    private static (int Start, int End) Touched(FileDraft draft, int count, TextEdit edit)
    {
        var start = LineOf(draft, edit.Start);
        return start >= count ? (count, count) : (start, Math.Min(LineOf(draft, Math.Max(edit.Start, edit.End - 1)) + 1, count));
    }

    private static int LineOf(FileDraft draft, int offset)
    {
        var low = 0;
        for (var high = draft.LineStarts.Count - 1; low < high;)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = draft.LineStarts[middle] <= offset ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private static int OffsetOf(FileDraft draft, int count, int line) => line >= count ? draft.Text.Length : draft.LineStarts[line];

    /// <summary>Without the lines at both ends that stay as they are; null when all do.</summary>
    private static Change? Trimmed(int start, List<string> removed, List<string> added)
    {
        while (removed.Count > 0 && added.Count > 0 && removed[0] == added[0])
        {
            removed.RemoveAt(0);
            added.RemoveAt(0);
            start++;
        }

        while (removed.Count > 0 && added.Count > 0 && removed[^1] == added[^1])
        {
            removed.RemoveAt(removed.Count - 1);
            added.RemoveAt(added.Count - 1);
        }

        return removed.Count + added.Count == 0 ? null : new Change(start, removed, added);
    }

    /// <summary>Changes whose surroundings meet are shown together.</summary>
    private static List<List<Change>> Hunks(List<Change> changes)
    {
        var hunks = new List<List<Change>>();
        foreach (var change in changes)
        {
            if (hunks is [.., var last] && change.Start - (last[^1].Start + last[^1].Removed.Count) <= 2 * Context)
            {
                last.Add(change);
            }
            else
            {
                hunks.Add([change]);
            }
        }

        return hunks;
    }

    /// <returns>How many lines more there are behind the hunk.</returns>
    private static int WriteHunk(StringWriter text, List<string> lines, List<Change> hunk, int shift)
    {
        var start = Math.Max(0, hunk[0].Start - Context);
        var end = Math.Min(lines.Count, hunk[^1].Start + hunk[^1].Removed.Count + Context);
        var growth = hunk.Sum(change => change.Added.Count - change.Removed.Count);
        text.WriteLine($"@@ -{Range(start, end - start)} +{Range(start + shift, end - start + growth)} @@");
        var position = start;
        foreach (var change in hunk)
        {
            WriteLines(text, ' ', lines[position..change.Start]);
            WriteLines(text, '-', change.Removed);
            WriteLines(text, '+', change.Added);
            position = change.Start + change.Removed.Count;
        }

        WriteLines(text, ' ', lines[position..end]);
        return growth;
    }

    private static string Range(int start, int count) => count == 0 ? $"{start},0" : count == 1 ? $"{start + 1}" : $"{start + 1},{count}";

    private static void WriteLines(StringWriter text, char sign, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            text.Write(sign);
            text.Write(line);
            if (!line.EndsWith('\n'))
            {
                text.Write("\n\\ No newline at end of file\n");
            }
        }
    }

    /// <summary>Lines with what ends them; the last one may have nothing.</summary>
    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var feed = text.IndexOf('\n', start);
            var end = feed < 0 ? text.Length : feed + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }
}
