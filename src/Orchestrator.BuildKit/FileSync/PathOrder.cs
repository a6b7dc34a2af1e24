using System.Text;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// The order of names on the wire: unsigned UTF-8 bytes. <c>string.CompareOrdinal</c> compares UTF-16 units and differs where surrogate pairs
/// meet U+E000 to U+FFFF (buildkit-wire 5.3).
/// </summary>
public sealed class PathOrder : IComparer<string>
{
    /// <summary>The one instance.</summary>
    public static PathOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        x ??= "";
        y ??= "";
        var common = Math.Min(x.Length, y.Length);
        for (var i = 0; i < common; i++)
        {
            if (x[i] != y[i])
            {
                // Only surrogates sort differently; most names never get here.
                return char.IsSurrogate(x[i]) || char.IsSurrogate(y[i])
                    ? Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y))
                    : x[i].CompareTo(y[i]);
            }
        }

        return x.Length.CompareTo(y.Length);
    }
}
