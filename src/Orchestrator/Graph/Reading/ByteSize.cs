using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Graph.Reading;

/// <summary>Compose's byte values: <c>64m</c> is 64 × 1,048,576, and so is <c>64MB</c> (https://github.com/compose-spec/compose-spec/blob/main/11-extension.md#specifying-byte-values).</summary>
internal static partial class ByteSize
{
    public const string Form = "write a number of bytes, or a size such as 64m or 2gb";

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var match = Size().Match(text);
        if (match.Success && decimal.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            var power = match.Groups["unit"].Value is { Length: > 0 } unit ? " KMGTP".IndexOf(char.ToUpperInvariant(unit[0]), StringComparison.Ordinal) : 0;
            if (number > 0 && number <= long.MaxValue >> (10 * power))
            {
                bytes = (long)(number * (1L << (10 * power)));
            }
        }

        return bytes > 0;
    }

    [GeneratedRegex(@"\A(?<number>\d+(?:\.\d+)?) ?(?<unit>[kKmMgGtTpP]?)[iI]?[bB]?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Size();
}
