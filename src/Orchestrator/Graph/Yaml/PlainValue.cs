using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Graph.Yaml;

/// <summary>
/// What Compose makes of a text without quotes: <c>1.10</c> is the number 1.1 and <c>010</c> is 8. The image that
/// <c>docker compose build</c> makes gets the number, so ours must.
/// </summary>
internal static partial class PlainValue
{
    private const int LargestPlainExponent = 5;
    private const int SmallestPlainExponent = -4;

    /// <summary>The text as Compose hands it on; null when Compose takes it for a date, which it then refuses.</summary>
    public static string? Text(YamlScalar scalar)
    {
        if (scalar.IsNull || !scalar.IsPlain)
        {
            return scalar.Value;
        }

        var text = scalar.Value;
        if (text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            return text is "true" or "True" or "TRUE" ? "true" : "false";
        }

        if (Date().Match(text) is { Success: true } date)
        {
            return IsDay(date) ? null : text;
        }

        return Integer(text.Replace("_", "", StringComparison.Ordinal)) ?? Fraction(text.Replace("_", "", StringComparison.Ordinal)) ?? text;
    }

    private static string? Integer(string text)
    {
        var match = Digits().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var digits = match.Groups["digits"].Value;
        var radix = match.Groups["prefix"].Value switch { "0x" or "0X" => 16, "0b" or "0B" => 2, "0o" or "0O" => 8, _ when digits is ['0', _, ..] => 8, _ => 10 };
        UInt128 value = 0;
        foreach (var digit in digits)
        {
            var next = Convert.ToInt32(digit.ToString(), 16);
            if (next >= radix || value > ulong.MaxValue)
            {
                return null;
            }

            value = (value * (UInt128)radix) + (UInt128)next;
        }

        var isNegative = match.Groups["sign"].Value == "-";
        return value > (isNegative ? (UInt128)long.MaxValue + 1 : ulong.MaxValue) ? null : value == 0 || !isNegative ? $"{value}" : $"-{value}";
    }

    private static string? Fraction(string text)
    {
        switch (text)
        {
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                return "+Inf";
            case "-.inf" or "-.Inf" or "-.INF":
                return "-Inf";
            case ".nan" or ".NaN" or ".NAN":
                return "NaN";
        }

        return Float().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? Shortest(value) : null;
    }

    /// <summary>The fewest digits that mean the number; with an exponent outside of 0.0001 to 999999.</summary>
    private static string Shortest(double value)
    {
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        for (var digits = 0; digits < 17; digits++)
        {
            var shorter = value.ToString($"E{digits}", CultureInfo.InvariantCulture);
            if (double.Parse(shorter, CultureInfo.InvariantCulture).Equals(value))
            {
                text = shorter;
                break;
            }
        }

        var split = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(text[(split + 1)..], CultureInfo.InvariantCulture);
        if (exponent is >= SmallestPlainExponent and <= LargestPlainExponent)
        {
            return value == 0 ? (double.IsNegative(value) ? "-0" : "0") : ((decimal)value).ToString("0.############################", CultureInfo.InvariantCulture);
        }

        return $"{text[..split]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static bool IsDay(Match date) =>
        int.Parse(date.Groups["month"].Value, CultureInfo.InvariantCulture) is >= 1 and <= 12
        && int.Parse(date.Groups["day"].Value, CultureInfo.InvariantCulture) is >= 1 and <= 31;

    [GeneratedRegex(@"\A(?<sign>[-+]?)(?<prefix>0[xXbBoO])?(?<digits>[0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"\A[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Float();

    [GeneratedRegex(@"\A[0-9]{4}-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})(?:[Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Date();
}
