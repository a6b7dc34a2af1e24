using System.Text.RegularExpressions;

namespace Orchestrator.Graph.ImageTests;

/// <summary>What a text has to contain; <c>/…/</c> is a regular expression that has to match in it, and an empty text expects an empty one.</summary>
/// <param name="Written">As it stands in the file.</param>
internal sealed record ExpectedText(string Written)
{
    /// <summary>Takes time that is linear in the text, whatever the expression; so there are no look-arounds and no back-references.</summary>
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline;

    private string? Expression => Written is ['/', .. var inner, '/'] && inner.Length > 0 ? inner : null;

    /// <summary>In words: <c>contain 'x'</c>, behind "should".</summary>
    public string Words => Written.Length == 0 ? "be empty" : Expression is null ? $"contain '{Written}'" : $"match {Written}";

    /// <returns>Why the expression is none; null when nothing is wrong.</returns>
    public string? Problem()
    {
        try
        {
            IsMetBy("");
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return exception.Message.TrimEnd('.');
        }
    }

    public bool IsMetBy(string text) =>
        Written.Length == 0 ? text.Length == 0 : Expression is { } expression ? Regex.IsMatch(text, expression, Options) : text.Contains(Written, StringComparison.Ordinal);
}
