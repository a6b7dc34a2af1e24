using System.Text;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>The syntax of classes and escapes, as in Go's <c>path.Match</c>: <c>[^a-z\]]</c>; a class is never empty.</summary>
internal static class PatternSyntax
{
    /// <exception cref="FormatException">A class or an escape is not complete.</exception>
    public static void Check(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '[')
            {
                i = AppendClass(new StringBuilder(), text, i);
            }
            else if (text[i] == '\\' && ++i == text.Length)
            {
                throw Bad(text);
            }
        }
    }

    /// <summary>Appends the class that starts at an index as a regular expression, and returns the index of its last character.</summary>
    public static int AppendClass(StringBuilder regex, string text, int start)
    {
        var i = start + 1;
        regex.Append('[');
        if (i < text.Length && text[i] == '^')
        {
            regex.Append('^');
            i++;
        }

        for (var ranges = 0; ; ranges++)
        {
            if (i < text.Length && text[i] == ']' && ranges > 0)
            {
                regex.Append(']');
                return i;
            }

            AppendCharacter(regex, text, ref i);
            if (i < text.Length && text[i] == '-')
            {
                i++;
                regex.Append('-');
                AppendCharacter(regex, text, ref i);
            }
        }
    }

    private static void AppendCharacter(StringBuilder regex, string text, ref int i)
    {
        if (i >= text.Length || text[i] is '-' or ']')
        {
            throw Bad(text);
        }

        if (text[i] == '\\' && ++i == text.Length)
        {
            throw Bad(text);
        }

        // As a number, no character has a meaning of its own to a regular expression.
        regex.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)text[i]:X4}");
        i++;
    }

    private static FormatException Bad(string text) => new($"The pattern '{text}' is not complete: a class or an escape does not end.");
}
