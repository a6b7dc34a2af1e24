using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.Graph.Reading;

/// <summary>What an image, a target or a graph may be called: one component of an image repository.</summary>
internal static partial class ImageKeyGrammar
{
    /// <summary>Characters: a graph, an image and a target are one repository together, which an engine takes up to 255 of.</summary>
    private const int MaximumLength = 80;

    public static bool IsValid(string name) => name.Length <= MaximumLength && Grammar().IsMatch(name);

    /// <summary>The nearest valid name: what a folder is called, with other characters replaced by a dash.</summary>
    public static string MakeValid(string text)
    {
        var valid = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var lower = char.ToLowerInvariant(character);
            if (char.IsAsciiLetterLower(lower) || char.IsAsciiDigit(lower))
            {
                valid.Append(lower);
            }
            else if (valid.Length > 0 && char.IsAsciiLetterOrDigit(valid[^1]))
            {
                valid.Append(lower is '.' or '_' ? lower : '-');
            }
        }

        valid.Length = Math.Min(valid.Length, MaximumLength);
        var name = valid.ToString().TrimEnd('.', '_', '-');
        return name.Length == 0 ? "images" : name;
    }

    [GeneratedRegex(@"\A[a-z0-9]+(?:[._-][a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
