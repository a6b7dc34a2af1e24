namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// A list of patterns in which the last match wins and <c>!</c> takes back, with the semantics of moby's patternmatcher: a pattern matches a path if
/// it matches the path itself or a directory above it. Immutable.
/// </summary>
public sealed class PatternMatcher
{
    private readonly Pattern[] _patterns;

    private PatternMatcher(Pattern[] patterns)
    {
        _patterns = patterns;
        HasNegations = patterns.Any(pattern => pattern.IsNegation);
    }

    /// <summary>There are no patterns; nothing matches.</summary>
    public bool IsEmpty => _patterns.Length == 0;

    /// <summary>Some pattern starts with <c>!</c>.</summary>
    public bool HasNegations { get; }

    /// <summary>Reads patterns; blank ones are skipped.</summary>
    /// <exception cref="FormatException">A pattern is not valid; the message names it.</exception>
    public static PatternMatcher Parse(IEnumerable<string> patterns) => new([.. patterns.Select(Pattern.Parse).OfType<Pattern>()]);

    /// <summary>Whether a clean relative path matches; the same answer as a walk that starts at the root and looks into every directory.</summary>
    public bool Matches(string path)
    {
        var result = PatternResult.Root;
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            result = Match(path[..slash], result);
        }

        return Match(path, result).IsMatch;
    }

    /// <summary>Whether nothing below a directory that matches can be taken back, so that it need not be looked into.</summary>
    public bool MatchesAllBelow(string directory) =>
        !HasNegations || !Array.Exists(_patterns, pattern => pattern.IsNegation && pattern.MayMatchBelow(directory));

    /// <summary>Whether something below a directory that does not match may do so.</summary>
    public bool MayMatchBelow(string directory) => Array.Exists(_patterns, pattern => !pattern.IsNegation && pattern.MayMatchBelow(directory));

    /// <summary>
    /// One step of a walk. A pattern that matched the directory above matches here too; others are only tried where they could change the answer.
    /// </summary>
    internal PatternResult Match(string path, PatternResult parent)
    {
        var matched = false;
        var perPattern = new bool[_patterns.Length];
        for (var i = 0; i < _patterns.Length; i++)
        {
            var pattern = _patterns[i];
            perPattern[i] = parent.Matched(i) || (pattern.IsNegation == matched && pattern.Matches(path));
            if (perPattern[i])
            {
                matched = !pattern.IsNegation;
            }
        }

        return new PatternResult(matched, perPattern);
    }
}
