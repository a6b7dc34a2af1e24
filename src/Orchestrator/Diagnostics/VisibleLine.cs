namespace Orchestrator.Diagnostics;

/// <summary>What others named or wrote, as a part of one line: it neither ends that line nor moves a cursor.</summary>
internal static class VisibleLine
{
    /// <summary>Blanks in place of line ends and tabs, nothing in place of other control characters.</summary>
    public static string Of(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(character => character is '\n' or '\t' ? " " : char.IsControl(character) ? "" : character.ToString())) : text;
}
