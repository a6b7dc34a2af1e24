using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Tagging;

/// <summary>A branch's name in the characters of a tag.</summary>
internal static class BranchTag
{
    private const int MostCharacters = 63;
    private const int HashDigits = 8;
    private const string Prefix = "branch-";

    /// <summary>
    /// <c>feature/new login</c> is <c>feature-new-login</c>: everything else becomes a dash, runs of dashes one, none at the ends. A name that is too
    /// long, or of which nothing is left, ends in a hash of the whole, so that two such branches stay apart.
    /// </summary>
    public static string Of(string branch)
    {
        var safe = new StringBuilder(branch.Length);
        foreach (var character in branch)
        {
            if (char.IsAsciiLetterOrDigit(character) || character is '_' or '.')
            {
                safe.Append(character);
            }
            else if (safe.Length > 0 && safe[^1] != '-')
            {
                safe.Append('-');
            }
        }

        var text = safe.ToString().Trim('-', '.');
        if (text.Length is > 0 and <= MostCharacters)
        {
            return text;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(branch)))[..HashDigits];
        return text.Length == 0 ? hash : $"{text[..(MostCharacters - HashDigits - 1)].TrimEnd('-', '.')}-{hash}";
    }

    /// <summary>The same where that is a text of versions: <c>1.4</c> is <c>branch-1.4</c>.</summary>
    public static string Apart(string branch) => Prefix + Of(branch);
}
