namespace Orchestrator.Diagnostics;

/// <summary>Finds the word that a person probably meant.</summary>
internal static class DidYouMean
{
    private const int MaximumLength = 100;

    /// <summary><c> Did you mean 'x'?</c> with a leading space, or nothing: ready to be put behind a sentence.</summary>
    public static string Phrase(string text, IEnumerable<string> candidates) =>
        Closest(text, candidates) is { } closest ? $" Did you mean '{closest}'?" : "";

    /// <summary>The nearest candidate when it is near enough to be a slip of the fingers; the first of equals.</summary>
    public static string? Closest(string text, IEnumerable<string> candidates)
    {
        if (text.Length is 0 or > MaximumLength)
        {
            return null;
        }

        string? best = null;
        var bestDistance = (Math.Max(text.Length, 3) / 3) + 1;
        foreach (var candidate in candidates)
        {
            if (candidate.Length > MaximumLength || Math.Abs(candidate.Length - text.Length) >= bestDistance || candidate == text)
            {
                continue;
            }

            var distance = Distance(text, candidate);
            if (distance < bestDistance && distance < candidate.Length)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>Edits between two words, case aside; two neighbours swapped count as one edit.</summary>
    private static int Distance(string left, string right)
    {
        var before = new int[right.Length + 1];
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            previous[column] = column;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var cost = Same(left[row - 1], right[column - 1]) ? 0 : 1;
                current[column] = Math.Min(Math.Min(current[column - 1], previous[column]) + 1, previous[column - 1] + cost);
                if (row > 1 && column > 1 && Same(left[row - 1], right[column - 2]) && Same(left[row - 2], right[column - 1]))
                {
                    current[column] = Math.Min(current[column], before[column - 2] + 1);
                }
            }

            (before, previous, current) = (previous, current, before);
        }

        return previous[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
