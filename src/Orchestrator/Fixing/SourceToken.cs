using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Fixing;

/// <summary>One source as a Dockerfile writes it, and how it is written for a larger context: as much of it as can stay does.</summary>
internal static partial class SourceToken
{
    /// <param name="written">The token, quotes of a JSON form resolved.</param>
    /// <param name="values">What becomes of it in the images that are built from it, variables expanded; the token itself when no image is.</param>
    /// <param name="reason">Why there is no answer.</param>
    /// <returns>Null when it cannot be rewritten safely.</returns>
    public static string? Rewritten(string written, IReadOnlyList<string> values, ContextMove move, out string reason)
    {
        var isLiteral = written.IndexOfAny(['$', '"', '\'', '\\', '`']) < 0;
        var folders = values.Select(value => move.Meant(value)?.Folder).Distinct().ToList();
        if (folders is not [{ } folder])
        {
            reason = folders.Contains(null) ? "what it means is not in the repository" : "its variables lead to different folders";
            return null;
        }

        var prefix = move.Below(folder);
        if (isLiteral)
        {
            return Joined(prefix, Rest(written), out reason);
        }

        // Only what is written in plain letters in front can be taken off.
        var leading = Leading().Match(written).Value;
        if (values.Any(value => GoesUp(value, leading)))
        {
            reason = "it is made with a variable, quotes or escapes that may lead anywhere";
            return null;
        }

        return Joined(prefix, written[leading.Length..], out reason);
    }

    /// <summary>As a string of a JSON form.</summary>
    public static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>Whether there is a <c>..</c> in a path, other than what stands in front of it as it is written.</summary>
    private static bool GoesUp(string value, string leading) =>
        value.Split('/').Contains("..") && !(value.StartsWith(leading, StringComparison.Ordinal) && !value[leading.Length..].Split('/').Contains(".."));

    private static string? Joined(string prefix, string rest, out string reason)
    {
        reason = ContextMove.IsPlain(prefix) ? "" : $"the folder '{prefix}' has characters that mean something in a Dockerfile";
        return reason.Length > 0 ? null : prefix.Length == 0 ? rest : rest.Length == 0 ? prefix : $"{prefix}/{rest}";
    }

    /// <summary>Without what leads up or to where one is; a path that goes up on its way is cleaned.</summary>
    private static string Rest(string written)
    {
        var rest = Leading().Replace(written, "");
        var inside = PathText.CleanBelowRoot(written);
        if (PathText.CleanBelowRoot(rest) != inside || rest.Split('/').Contains(".."))
        {
            rest = inside + (written.EndsWith('/') && inside.Length > 0 ? "/" : "");
        }

        return rest;
    }

    [GeneratedRegex(@"\A/*(?:\.{1,2}/+)*(?:\.{1,2}\z)?", RegexOptions.CultureInvariant)]
    private static partial Regex Leading();
}
