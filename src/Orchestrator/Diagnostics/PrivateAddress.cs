using System.Text.RegularExpressions;

namespace Orchestrator.Diagnostics;

/// <summary>What is private in the addresses of a text, of any scheme: what stands before the host's @, and what follows the question mark.</summary>
internal static partial class PrivateAddress
{
    /// <summary>With stars in place of it.</summary>
    public static string Hide(string text) => Replace(text, _ => "***");

    /// <param name="text">Anything: a line of a file, a message, a value.</param>
    /// <param name="substitute">What is shown in place of a private part.</param>
    public static string Replace(string text, Func<string, string> substitute) => Private().Replace(text, match => substitute(match.Value));

    /// <summary>
    /// A password may hold an @ itself, so the last one before the path counts. One that comes behind ? or # leaves open what is the host: then all of it is private.
    /// </summary>
    [GeneratedRegex("""(?<=\w://)(?:[^/?#\s"']*[?#][^/\s"']*@[^\s"']*|[^/?#\s"']+(?=@))|(?<=\w://[^\s?#"']*\?)[^\s#"']+""", RegexOptions.CultureInvariant)]
    private static partial Regex Private();
}
