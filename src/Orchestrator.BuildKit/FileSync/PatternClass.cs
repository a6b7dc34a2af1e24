using System.Text;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>A class of characters as in Go's <c>path.Match</c>: <c>[^a-z\]]</c>; never empty.</summary>
internal sealed class PatternClass
{
    private readonly List<(int First, int Last)> _ranges = [];
    private bool _isNegated;

    private PatternClass()
    {
    }

    /// <param name="text">The characters of the pattern.</param>
    /// <param name="index">Of the opening bracket; afterwards of the closing one.</param>
    /// <param name="pattern">For the message.</param>
    /// <exception cref="FormatException">It is not complete, or has an escape that is not known here.</exception>
    public static PatternClass Parse(Rune[] text, ref int index, string pattern)
    {
        var parsed = new PatternClass();
        index++;
        if (index < text.Length && text[index].Value == '^')
        {
            parsed._isNegated = true;
            index++;
        }

        while (parsed._ranges.Count == 0 || index >= text.Length || text[index].Value != ']')
        {
            var first = ReadCharacter(text, ref index, pattern);
            var last = first;
            if (index < text.Length && text[index].Value == '-')
            {
                index++;
                last = ReadCharacter(text, ref index, pattern);
            }

            parsed._ranges.Add((first, last));
        }

        return parsed;
    }

    /// <param name="ranges">First and last character of each.</param>
    /// <param name="isNegated">All others.</param>
    public static PatternClass Of(IEnumerable<(int First, int Last)> ranges, bool isNegated)
    {
        var made = new PatternClass { _isNegated = isNegated };
        made._ranges.AddRange(ranges);
        return made;
    }

    public bool Contains(Rune rune) => _ranges.Exists(range => rune.Value >= range.First && rune.Value <= range.Last) != _isNegated;

    private static int ReadCharacter(Rune[] text, ref int index, string pattern)
    {
        if (index >= text.Length || text[index].Value is '-' or ']')
        {
            throw PatternProgram.Incomplete(pattern);
        }

        if (text[index].Value != '\\')
        {
            return text[index++].Value;
        }

        return ++index < text.Length ? PatternEscape.Ordinary(text[index++], pattern).Value : throw PatternProgram.Incomplete(pattern);
    }
}
