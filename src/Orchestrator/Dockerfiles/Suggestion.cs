namespace Orchestrator.Dockerfiles;

/// <summary>Finds what a person probably meant to type.</summary>
internal static class Suggestion
{
    private const int LongestCompared = 64;

    /// <summary>A sentence to put behind a message, with a leading space; empty when nothing is close.</summary>
    public static string For(string written, IEnumerable<string> known) =>
        Closest(written, known) is { } closest ? $" Did you mean '{closest}'?" : "";

    /// <summary>Null when nothing is close.</summary>
    public static string? Closest(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > LongestCompared)
        {
            return null;
        }

        var allowed = Math.Max(1, written.Length / 3);
        return known
            .Select(name => (Name: name, Distance: Distance(written, name)))
            .Where(candidate => candidate.Distance <= allowed && candidate.Distance < candidate.Name.Length)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>Insertions, removals, replacements and swaps of neighbours; case does not count.</summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                if (row == 0 || column == 0)
                {
                    rows[row, column] = row + column;
                    continue;
                }

                var cost = Same(left[row - 1], right[column - 1]) ? 0 : 1;
                var best = Math.Min(rows[row - 1, column - 1] + cost, 1 + Math.Min(rows[row - 1, column], rows[row, column - 1]));
                var isSwap = row > 1 && column > 1 && Same(left[row - 1], right[column - 2]) && Same(left[row - 2], right[column - 1]);
                rows[row, column] = isSwap ? Math.Min(best, rows[row - 2, column - 2] + 1) : best;
            }
        }

        return rows[left.Length, right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
