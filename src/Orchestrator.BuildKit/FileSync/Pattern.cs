using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>One pattern of an ignore file or filter, compiled (buildkit-wire 5.5).</summary>
internal sealed class Pattern
{
    /// <summary>One character that is no slash; a surrogate pair counts as one, as it does in Go.</summary>
    private const string AnyButSlash = @"(?:[^/\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff])";

    private readonly Regex? _regex;

    private Pattern(string text, bool isNegated)
    {
        (Text, IsNegated) = (text, isNegated);
        HasWildcard = text.AsSpan().IndexOfAny("*?[\\") >= 0;
        _regex = HasWildcard ? new Regex(ToRegex(text), RegexOptions.CultureInvariant | RegexOptions.Singleline) : null;
    }

    /// <summary>Cleaned, without the <c>!</c>.</summary>
    public string Text { get; }

    public bool IsNegated { get; }

    public bool HasWildcard { get; }

    /// <summary>The leading part of the path that is the same in everything that matches.</summary>
    public string FixedPrefix
    {
        get
        {
            if (!HasWildcard)
            {
                return Text;
            }

            var slash = Text.LastIndexOf('/', Text.AsSpan().IndexOfAny("*?[\\"));
            return slash < 0 ? "" : Text[..slash];
        }
    }

    /// <summary>Null for a line that says nothing.</summary>
    /// <exception cref="FormatException">The pattern is not valid.</exception>
    public static Pattern? Parse(string line)
    {
        var text = line.Trim();
        var isNegated = text.StartsWith('!');
        text = isNegated ? text[1..].Trim() : text;
        if (text.Length == 0)
        {
            return isNegated ? throw new FormatException("a pattern of only '!' excludes nothing") : null;
        }

        try
        {
            return new Pattern(Clean(text), isNegated);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException($"'{text}' is not a valid pattern", exception);
        }
    }

    public bool Matches(string path) => _regex is null ? path == Text : _regex.IsMatch(path);

    /// <summary>Go's <c>filepath.Clean</c>, with a leading slash dropped.</summary>
    public static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part == ".." && !path.StartsWith('/'))
            {
                parts.Add(part);
            }
            else if (part is not ("" or "." or ".."))
            {
                parts.Add(part);
            }
        }

        return parts.Count == 0 ? "." : string.Join('/', parts);
    }

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            var character = pattern[i];
            var isLast = i == pattern.Length - 1;
            if (character == '*' && !isLast && pattern[i + 1] == '*')
            {
                i++;
                if (i + 1 < pattern.Length && pattern[i + 1] == '/')
                {
                    i++;
                }

                regex.Append(i == pattern.Length - 1 ? ".*" : "(?:.*/)?");
            }
            else if (character == '*')
            {
                regex.Append(AnyButSlash).Append('*');
            }
            else if (character == '?')
            {
                regex.Append(AnyButSlash);
            }
            else if (character == '[' && pattern.IndexOf(']', i + 2) is var end and > 0)
            {
                regex.Append('[').Append(pattern.AsSpan(i + 1, end - i - 1)).Append(']');
                i = end;
            }
            else if (character == '\\' && !isLast)
            {
                regex.Append(Regex.Escape(pattern[++i].ToString()));
            }
            else if (character == '[')
            {
                throw new ArgumentException("unclosed class");
            }
            else
            {
                regex.Append(Regex.Escape(character.ToString()));
            }
        }

        return regex.Append(@"\z").ToString();
    }
}
