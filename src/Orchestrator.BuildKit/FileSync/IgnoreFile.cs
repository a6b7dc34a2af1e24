namespace Orchestrator.BuildKit.FileSync;

/// <summary>The text of a <c>.dockerignore</c> (https://docs.docker.com/build/concepts/context/#dockerignore-files).</summary>
public static class IgnoreFile
{
    /// <summary>Its patterns in order, cleaned, comments and blank lines left out.</summary>
    public static IReadOnlyList<string> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var patterns = new List<string>();
        foreach (var line in text.TrimStart('\uFEFF').Split('\n'))
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var pattern = line.Trim();
            var isNegated = pattern.StartsWith('!');
            pattern = isNegated ? pattern[1..].Trim() : pattern;
            if (pattern.Length > 0)
            {
                patterns.Add((isNegated ? "!" : "") + Pattern.Clean(pattern));
            }
        }

        return patterns;
    }
}
