using System.Text;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// What a backslash makes of the character behind it. Moby hands both to Go's regular expressions: a sign becomes an ordinary character, and a letter is what it is
/// there. The common ones of those are kept here, so that <c>**\bin</c> is left out or not as with Docker; where there is no such escape Docker refuses to build.
/// </summary>
internal static class PatternEscape
{
    private static readonly (int First, int Last)[] Digits = [('0', '9')];
    private static readonly (int First, int Last)[] Spaces = [('\t', '\n'), ('\f', '\r'), (' ', ' ')];
    private static readonly (int First, int Last)[] Words = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

    /// <param name="rune">Behind the backslash.</param>
    /// <param name="pattern">For the message.</param>
    /// <exception cref="FormatException">There is no such escape, or it is one that is not known here.</exception>
    public static PatternStep Parse(Rune rune, string pattern) => rune.Value switch
    {
        'd' or 'D' => Class(Digits, rune),
        's' or 'S' => Class(Spaces, rune),
        'w' or 'W' => Class(Words, rune),
        'b' => new PatternStep(PatternStepKind.WordBoundary),
        'B' => new PatternStep(PatternStepKind.NoWordBoundary),
        'A' => new PatternStep(PatternStepKind.Beginning),
        'z' => new PatternStep(PatternStepKind.End),
        'a' => Character('\a'),
        'f' => Character('\f'),
        'n' => Character('\n'),
        'r' => Character('\r'),
        't' => Character('\t'),
        'v' => Character('\v'),
        _ => new PatternStep(PatternStepKind.Character) { Character = Ordinary(rune, pattern) },
    };

    /// <summary>A character that a backslash makes an ordinary one.</summary>
    /// <inheritdoc cref="Parse"/>
    public static Rune Ordinary(Rune rune, string pattern) => rune.IsAscii && !Rune.IsLetterOrDigit(rune) ? rune
        : throw new FormatException($"The pattern '{pattern}' has '\\{rune}', where a backslash begins an escape as in a regular expression, and this is none that can be taken here. Write '/' between folders.");

    /// <summary>Whether a word begins or ends between two characters; negative is none.</summary>
    public static bool IsWordBoundary(int before, int after) => IsIn(Words, before) != IsIn(Words, after);

    private static bool IsIn((int First, int Last)[] ranges, int character) => Array.Exists(ranges, range => character >= range.First && character <= range.Last);

    private static PatternStep Class((int First, int Last)[] ranges, Rune letter) => new(PatternStepKind.Class) { Class = PatternClass.Of(ranges, isNegated: Rune.IsUpper(letter)) };

    private static PatternStep Character(char character) => new(PatternStepKind.Character) { Character = new Rune(character) };
}
