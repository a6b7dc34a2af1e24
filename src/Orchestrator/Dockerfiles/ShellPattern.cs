using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.Dockerfiles;

/// <summary>The patterns of <c>${name#pattern}</c> and its kin: <c>*</c>, <c>?</c> and backslash; no brackets. Null: not a pattern.</summary>
internal static class ShellPattern
{
    public static string? TrimStart(string value, string pattern, bool longest)
    {
        if (ToRegex(pattern, longest, anchored: true) is not { } regex)
        {
            return null;
        }

        var match = regex.Match(value);
        return match.Success ? value[match.Length..] : value;
    }

    public static string? TrimEnd(string value, string pattern, bool longest)
    {
        // A search from the left cannot find the shortest match at the right end, so both are turned round.
        var trimmed = TrimStart(Reverse(value), ReversePattern(pattern), longest);
        return trimmed is null ? null : Reverse(trimmed);
    }

    public static string? Replace(string value, string pattern, string replacement, bool all) =>
        ToRegex(pattern, longest: true, anchored: false)?.Replace(value, _ => replacement, all ? -1 : 1);

    private static Regex? ToRegex(string pattern, bool longest, bool anchored)
    {
        var regex = new StringBuilder(anchored ? "^" : "");
        for (var index = 0; index < pattern.Length; index++)
        {
            switch (pattern[index])
            {
                case '*':
                    regex.Append(longest ? ".*" : ".*?");
                    break;
                case '?':
                    regex.Append('.');
                    break;
                case '\\':
                    // Before } and / the backslash only kept the substitution open; it is no part of the pattern.
                    if (index + 1 >= pattern.Length || pattern[index + 1] is not ('*' or '?' or '\\' or '}' or '/'))
                    {
                        return null;
                    }

                    regex.Append(Regex.Escape(pattern[++index].ToString()));
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[index].ToString()));
                    break;
            }
        }

        return new Regex(regex.ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    private static string Reverse(string text)
    {
        var characters = text.ToCharArray();
        Array.Reverse(characters);
        return new string(characters);
    }

    private static string ReversePattern(string pattern)
    {
        var reversed = new StringBuilder(pattern.Length);
        for (var index = pattern.Length - 1; index >= 0; index--)
        {
            var escapes = CountBackslashesBefore(pattern, index);
            if (escapes % 2 == 1)
            {
                reversed.Append('\\').Append(pattern[index]);
                index--;
            }
            else
            {
                reversed.Append(pattern[index]);
            }
        }

        return reversed.ToString();
    }

    private static int CountBackslashesBefore(string pattern, int index)
    {
        var count = 0;
        while (index - count > 0 && pattern[index - count - 1] == '\\')
        {
            count++;
        }

        return count;
    }
}
