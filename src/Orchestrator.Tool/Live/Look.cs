namespace Orchestrator.Tool.Live;

/// <summary>What a terminal can show.</summary>
/// <param name="HasColour">Not with <c>NO_COLOR</c>.</param>
/// <param name="HasUnicode">Its encoding is UTF-8.</param>
internal sealed record Look(bool HasColour, bool HasUnicode)
{
    public string Ellipsis => HasUnicode ? "…" : "...";

    /// <summary>A stretch of the bar that is done.</summary>
    public char Done => HasUnicode ? '━' : '#';

    /// <summary>A stretch of the bar that is left.</summary>
    public char Left => HasUnicode ? '─' : '-';

    public string Paint(string text, Colour colour)
    {
        if (!HasColour || colour == Colour.None || text.Length == 0)
        {
            return text;
        }

        var code = colour switch { Colour.Good => "32", Colour.Bad => "31", Colour.Warning => "33", Colour.Name => "36", Colour.Strong => "1", _ => "2" };
        return $"\u001b[{code}m{text}\u001b[0m";
    }
}
