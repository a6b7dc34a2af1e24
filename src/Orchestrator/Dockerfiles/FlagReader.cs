using System.Text;

namespace Orchestrator.Dockerfiles;

/// <summary>Takes the <c>--flags</c> off the front of the arguments; quotes and escapes in them are resolved, <c>--</c> ends them.</summary>
internal static class FlagReader
{
    /// <returns>The flags and where the arguments begin.</returns>
    public static (IReadOnlyList<Flag> Flags, int End) Read(LogicalLine line, int start, char escapeToken)
    {
        var flags = new List<Flag>();
        var text = line.Text;
        var position = start;
        while (true)
        {
            while (position < text.Length && char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            if (position + 1 >= text.Length || text[position] != '-' || text[position + 1] != '-')
            {
                return (flags, position);
            }

            var flagStart = position;
            var word = new StringBuilder();
            position = ReadWord(text, position, escapeToken, word);
            if (word.Length == 2)
            {
                return (flags, position);
            }

            var written = word.ToString(2, word.Length - 2);
            var equals = written.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? written : written[..equals];
            var value = equals < 0 ? "" : written[(equals + 1)..];
            flags.Add(new Flag(name, value, line.Span(flagStart, position)) { HasValue = equals >= 0, Range = line.Range(flagStart, position) });
        }
    }

    private static int ReadWord(string text, int position, char escapeToken, StringBuilder word)
    {
        var quote = '\0';
        for (; position < text.Length; position++)
        {
            var character = text[position];
            if (quote == '\0' && char.IsWhiteSpace(character))
            {
                return position;
            }

            if (quote == '\0' ? character is '\'' or '"' : character == quote)
            {
                quote = quote == '\0' ? character : '\0';
            }
            else if (character != escapeToken)
            {
                word.Append(character);
            }
            else if (++position < text.Length)
            {
                word.Append(text[position]);
            }
        }

        return text.Length;
    }
}
