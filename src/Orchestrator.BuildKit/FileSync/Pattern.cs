using System.Buffers;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// One pattern of moby's patternmatcher. <c>*</c> and <c>?</c> stop at <c>/</c>; <c>**</c> is any number of parts, none included; <c>[…]</c> is a class;
/// <c>\</c> takes its meaning from the next character (<see cref="PatternEscape"/>). A leading <c>**X</c> without other wildcards is a plain test for a suffix, so <c>**.go</c> matches <c>a/b.go</c>.
/// </summary>
internal sealed class Pattern
{
    private static readonly SearchValues<char> Special = SearchValues.Create("*?[]^\\");

    private readonly PatternProgram? _program;
    private readonly string? _exact;
    private readonly string? _prefix;
    private readonly string? _suffix;

    private Pattern(string text, bool isNegation)
    {
        Text = text;
        IsNegation = isNegation;
        var program = PatternProgram.Compile(text);
        var inner = text.AsSpan();
        var leading = text.StartsWith("**", StringComparison.Ordinal);
        var trailing = !leading && text.EndsWith("**", StringComparison.Ordinal);
        inner = leading ? inner[2..] : trailing ? inner[..^2] : inner;
        if (inner.ContainsAny("*?[]\\"))
        {
            _program = program;
        }
        else if (leading)
        {
            _suffix = inner.ToString();
        }
        else if (trailing)
        {
            _prefix = inner.ToString();
        }
        else
        {
            _exact = text;
        }
    }

    /// <summary>Clean, without the leading <c>!</c>.</summary>
    public string Text { get; }

    /// <summary>It takes back what earlier patterns matched.</summary>
    public bool IsNegation { get; }

    /// <summary>The pattern, or null for a blank line.</summary>
    /// <exception cref="FormatException">It is not a valid pattern.</exception>
    public static Pattern? Parse(string line)
    {
        var text = line.Trim();
        if (text.Length == 0)
        {
            return null;
        }

        text = PathText.Clean(text);
        if (text == "!")
        {
            throw new FormatException("The pattern '!' excludes nothing.");
        }

        return text[0] == '!' ? new Pattern(text[1..], isNegation: true) : new Pattern(text, isNegation: false);
    }

    /// <summary>Whether the path itself matches; parents are the caller's concern.</summary>
    public bool Matches(string path)
    {
        if (_exact is not null)
        {
            return path == _exact;
        }

        if (_prefix is not null)
        {
            return path.StartsWith(_prefix, StringComparison.Ordinal);
        }

        if (_suffix is not null)
        {
            return path.EndsWith(_suffix, StringComparison.Ordinal) || (_suffix.StartsWith('/') && path.AsSpan().SequenceEqual(_suffix.AsSpan(1)));
        }

        return _program!.IsMatch(path);
    }

    /// <summary>
    /// Whether something below a directory can match: exact for patterns without wildcards, else "maybe". As fsutil does it, <c>/**</c> and then <c>/*</c> at the end
    /// count as none: it never looks for <c>dir/*/**</c> in what it leaves out, other than <c>dir</c> itself and the directories above.
    /// </summary>
    public bool MayMatchBelow(string directory)
    {
        var plain = Without(Without(Text, "/**"), "/*");
        return plain.AsSpan().ContainsAny(Special) || (plain + "/").StartsWith(directory + "/", StringComparison.Ordinal);
    }

    private static string Without(string text, string end) => text.EndsWith(end, StringComparison.Ordinal) ? text[..^end.Length] : text;
}
