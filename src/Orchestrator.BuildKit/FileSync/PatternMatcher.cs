namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// Patterns in order; the last one that matches wins, <c>!</c> takes back. A pattern matches a path if it matches the path itself or any of its
/// parent directories. The semantics are those of moby/patternmatcher.
/// </summary>
public sealed class PatternMatcher
{
    private readonly List<Pattern> _patterns;
    private readonly bool _skipsDirectories;

    private PatternMatcher(List<Pattern> patterns)
    {
        _patterns = patterns;
        _skipsDirectories = !patterns.Exists(pattern => pattern is { IsNegated: true, HasWildcard: true });
    }

    /// <summary>Matches nothing.</summary>
    public static PatternMatcher None { get; } = new([]);

    /// <summary>Whether there is no pattern at all.</summary>
    public bool IsEmpty => _patterns.Count == 0;

    /// <summary>Compiles patterns; blank ones say nothing.</summary>
    /// <exception cref="FormatException">A pattern is not valid.</exception>
    public static PatternMatcher Parse(IEnumerable<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return new PatternMatcher([.. patterns.Select(Pattern.Parse).OfType<Pattern>()]);
    }

    /// <summary>Whether a path (relative, parts joined by <c>/</c>) is matched.</summary>
    public bool Matches(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var matched = false;
        foreach (var pattern in _patterns)
        {
            if (pattern.IsNegated == matched && MatchesPathOrParent(pattern, path))
            {
                matched = !pattern.IsNegated;
            }
        }

        return matched;
    }

    /// <summary>Whether nothing below a matched directory can be taken back by a <c>!</c> pattern.</summary>
    internal bool CanSkip(string directory) =>
        _skipsDirectories && !_patterns.Exists(pattern => pattern.IsNegated && pattern.Text.StartsWith(directory + "/", StringComparison.Ordinal));

    /// <summary>Whether something below a directory that is not matched itself can be matched.</summary>
    internal bool CanMatchBelow(string directory) =>
        _patterns.Exists(pattern => !pattern.IsNegated && (pattern.FixedPrefix.StartsWith(directory + "/", StringComparison.Ordinal)
            || (pattern.HasWildcard && (pattern.FixedPrefix.Length == 0 || directory == pattern.FixedPrefix || directory.StartsWith(pattern.FixedPrefix + "/", StringComparison.Ordinal)))));

    private static bool MatchesPathOrParent(Pattern pattern, string path)
    {
        if (!pattern.HasWildcard)
        {
            return path.StartsWith(pattern.Text, StringComparison.Ordinal) && (path.Length == pattern.Text.Length || path[pattern.Text.Length] == '/');
        }

        if (pattern.Matches(path))
        {
            return true;
        }

        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            if (pattern.Matches(path[..slash]))
            {
                return true;
            }
        }

        return false;
    }
}
