using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>Splits the arguments of an instruction into words and keeps their places. Nothing is expanded.</summary>
internal static class WordSplitter
{
    /// <summary>At runs of spaces, whatever is quoted: FROM, COPY, ADD, EXPOSE, VOLUME.</summary>
    public static IReadOnlyList<Located<string>> SplitAtSpaces(LogicalLine line, int start, int end)
    {
        var words = new List<Located<string>>();
        while (start < end)
        {
            var next = start;
            while (next < end && !IsSeparator(line.Text[next]))
            {
                next++;
            }

            if (next > start)
            {
                words.Add(line.Located(start, next));
            }

            start = next + 1;
        }

        return words;
    }

    /// <summary>At spaces outside quotes, quotes and escapes kept for the expansion: ARG, ENV, LABEL.</summary>
    public static IReadOnlyList<Located<string>> SplitQuoted(LogicalLine line, int start, int end, char escapeToken)
    {
        var words = new List<Located<string>>();
        var text = line.Text;
        var position = start;
        while (true)
        {
            while (position < end && char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            if (position == end)
            {
                return words;
            }

            var wordStart = position;
            var word = new StringBuilder();
            position = ReadWord(text, position, end, escapeToken, word);
            if (word.Length > 0)
            {
                words.Add(new Located<string>(word.ToString(), line.Span(wordStart, position)));
            }
        }
    }

    /// <summary>The characters that separate the keyword from the rest and arguments from each other; a line feed never gets here.</summary>
    public static bool IsSeparator(char character) => character is ' ' or '\t' or '\v' or '\f' or '\r';

    private static int ReadWord(string text, int position, int end, char escapeToken, StringBuilder word)
    {
        var quote = '\0';
        for (; position < end; position++)
        {
            var character = text[position];
            if (quote == '\0' && char.IsWhiteSpace(character))
            {
                return position;
            }

            if (character == escapeToken && quote != '\'')
            {
                if (position + 1 == end)
                {
                    continue; // an escape token at the very end escapes nothing
                }

                word.Append(character).Append(text[++position]);
                continue;
            }

            if (quote == '\0' && character is '\'' or '"')
            {
                quote = character;
            }
            else if (character == quote)
            {
                quote = '\0';
            }

            word.Append(character);
        }

        return position;
    }
}
