using System.Text;

namespace Orchestrator.Dockerfiles;

/// <summary>Writes <c>--from</c> and <c>--mount</c> anew with another image; everything else that they say stays.</summary>
internal static class FlagText
{
    /// <param name="flag">Takes something from an image.</param>
    /// <param name="image">The image that it takes it from instead.</param>
    /// <param name="escapeToken">Of the Dockerfile.</param>
    public static string WithImage(Flag flag, string image, char escapeToken)
    {
        var value = flag.Name == "mount" ? CommaFields.Write((CommaFields.Read(flag.Value) ?? []).Select(field => IsFrom(field) ? "from=" + image : field)) : image;
        return $"--{flag.Name}={Quoted(value, escapeToken)}";
    }

    private static bool IsFrom(string field) => field.StartsWith("from=", StringComparison.OrdinalIgnoreCase) && !field.EndsWith('=');

    /// <summary>What <see cref="FlagReader"/> reads as this value.</summary>
    private static string Quoted(string value, char escapeToken)
    {
        if (!value.Any(character => IsSpecial(character) || char.IsWhiteSpace(character)))
        {
            return value;
        }

        var text = new StringBuilder("\"");
        foreach (var character in value)
        {
            text.Append(IsSpecial(character) ? $"{escapeToken}{character}" : character);
        }

        return text.Append('"').ToString();

        bool IsSpecial(char character) => character is '"' or '\'' || character == escapeToken;
    }
}
