using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Graph.Reading;

/// <summary>Compose's durations: <c>1m30s</c>, <c>500ms</c>. More than nothing, and no more than a day.</summary>
internal static partial class TimeLimit
{
    public const string Form = "write a time such as 90s, 1m30s or 500ms, of at most 24h";
    private const double Day = 24 * 60 * 60;

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var match = Duration().Match(text);
        if (!match.Success || text.Length == 0)
        {
            return false;
        }

        var seconds = (3600 * Number(match, "h")) + (60 * Number(match, "m")) + Number(match, "s") + (Number(match, "ms") / 1000) + (Number(match, "us") / 1_000_000);
        duration = seconds <= Day ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
        return duration > TimeSpan.Zero;
    }

    private static double Number(Match match, string unit) =>
        match.Groups[unit].Success ? double.Parse(match.Groups[unit].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A(?:(?<h>\d+(?:\.\d+)?)h)?(?:(?<m>\d+(?:\.\d+)?)m)?(?:(?<s>\d+(?:\.\d+)?)s)?(?:(?<ms>\d+(?:\.\d+)?)ms)?(?:(?<us>\d+(?:\.\d+)?)us)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
