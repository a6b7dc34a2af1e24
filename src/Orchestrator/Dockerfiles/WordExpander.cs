namespace Orchestrator.Dockerfiles;

/// <summary>Expands variables as BuildKit does: quotes and escapes are resolved on the way, nothing is split at spaces.</summary>
internal static class WordExpander
{
    /// <param name="lookup">Null for a variable that is not set.</param>
    public static Expansion Expand(string text, char escapeToken, Func<string, string?> lookup, WordLexing lexing = WordLexing.None)
    {
        var lexer = new WordLexer(text, escapeToken, lexing, lookup);
        var result = lexer.Run();
        return new Expansion(result ?? "", lexer.Error, lexer.IsExact);
    }

    /// <summary>Splits at spaces outside quotes after the expansion; null when the text cannot be lexed.</summary>
    public static IReadOnlyList<string>? Split(string text, char escapeToken, Func<string, string?> lookup, WordLexing lexing)
    {
        var lexer = new WordLexer(text, escapeToken, lexing, lookup);
        return lexer.Run() is null ? null : lexer.Words;
    }
}
