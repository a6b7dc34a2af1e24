using System.Globalization;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>Finds the words that open here-documents: <c>&lt;&lt;EOF</c>, <c>3&lt;&lt;-"EOF"</c>.</summary>
internal static partial class HeredocReader
{
    private const char ShellEscape = '\\';

    /// <summary>All of a line in order, contents still empty. A line that the shell could not lex opens none.</summary>
    public static IReadOnlyList<Heredoc> Find(LogicalLine line)
    {
        if (!line.Text.Contains("<<", StringComparison.Ordinal))
        {
            return [];
        }

        var lexing = WordLexing.KeepQuotes | WordLexing.KeepEscapes | WordLexing.KeepUnset;
        var heredocs = new List<Heredoc>();
        var searched = 0;
        foreach (var word in WordExpander.Split(line.Text, ShellEscape, _ => null, lexing) ?? [])
        {
            // A word that the lexer changed is not in the text; from there on the whole line stands for the place,
            // because to look on would take quadratic time.
            var found = searched < 0 ? -1 : line.Text.IndexOf(word, searched, StringComparison.Ordinal);
            searched = found < 0 ? -1 : found + word.Length;
            if (Parse(word, found < 0 ? line.Whole : line.Span(found, searched)) is { } heredoc)
            {
                heredocs.Add(heredoc);
            }
        }

        return heredocs;
    }

    /// <summary>Null when the word opens none.</summary>
    public static Heredoc? Parse(string word, SourceSpan span)
    {
        var match = Opening().Match(word);
        if (!match.Success)
        {
            return null;
        }

        var name = match.Groups["name"].Value;
        if (Split(name, WordLexing.None) is not [var bare] || Split(name, WordLexing.KeepQuotes) is not [var raw])
        {
            return null;
        }

        _ = int.TryParse(match.Groups["descriptor"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor);
        return new Heredoc(bare, CountQuotes(bare) == CountQuotes(raw), match.Groups["chomp"].Length > 0, "", descriptor, span);
    }

    private static IReadOnlyList<string>? Split(string name, WordLexing lexing) =>
        WordExpander.Split(name, ShellEscape, _ => null, lexing | WordLexing.KeepUnset);

    private static int CountQuotes(string text) => text.AsSpan().Count('\'') + text.AsSpan().Count('"');

    [GeneratedRegex(@"\A(?<descriptor>[0-9]*)<<(?<chomp>-?)[\t\f\r ]*(?<name>[^<]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Opening();
}
