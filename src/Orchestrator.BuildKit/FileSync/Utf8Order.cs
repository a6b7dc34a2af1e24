namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// The order of the unsigned UTF-8 bytes of strings. <see cref="StringComparer.Ordinal"/> compares UTF-16 units, which differs where surrogate
/// pairs meet U+E000–U+FFFF; the daemon rejects a list in that order.
/// </summary>
public sealed class Utf8Order : IComparer<string>
{
    private Utf8Order()
    {
    }

    /// <summary>The only instance.</summary>
    public static Utf8Order Instance { get; } = new();

    /// <inheritdoc />
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var common = x.AsSpan().CommonPrefixLength(y);
        if (common == x.Length || common == y.Length)
        {
            return x.Length - y.Length;
        }

        return Weight(x[common]) - Weight(y[common]);
    }

    // UTF-8 keeps the order of code points; in UTF-16 only surrogates are out of place, as they stand for code points above all others.
    private static int Weight(char unit) => char.IsSurrogate(unit) ? unit + 0x1_0000 : unit;
}
