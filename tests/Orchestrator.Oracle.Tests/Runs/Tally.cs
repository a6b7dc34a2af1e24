using System.Globalization;
using System.Text;

namespace Orchestrator.Oracle.Tests.Runs;

/// <summary>Counts per kind of change.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public int Mutations { get; private set; }

    /// <summary>Images that were compared before and after a change.</summary>
    public int Judged
    {
        get
        {
            lock (_gate)
            {
                return _rows.Values.Sum(row => row.Images);
            }
        }
    }

    /// <summary>Scenarios that the engine did not get through.</summary>
    public int Abandoned { get; private set; }

    public void Count(string kind, Func<Row, Row> change)
    {
        lock (_gate)
        {
            _rows[kind] = change(_rows.GetValueOrDefault(kind));
        }
    }

    public void CountMutation(string kind)
    {
        lock (_gate)
        {
            Mutations++;
            _rows[kind] = _rows.GetValueOrDefault(kind) with { Tried = _rows.GetValueOrDefault(kind).Tried + 1 };
        }
    }

    public void CountAbandoned()
    {
        lock (_gate)
        {
            Abandoned++;
        }
    }

    public void CountRefusal(string text)
    {
        lock (_gate)
        {
            _refusals[text] = _refusals.GetValueOrDefault(text) + 1;
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            var text = new StringBuilder();
            Line(text, "change", "tried", "images", "result differs", "key differs", "FALSE HITS", "false misses", "not built", "refused");
            foreach (var (kind, row) in _rows.Append(new("all", _rows.Values.Aggregate(default(Row), (sum, row) => sum.Plus(row)))))
            {
                Line(text, kind, row.Tried, row.Images, row.ResultDiffers, row.KeyDiffers, row.FalseHits, row.FalseMisses, row.NotBuilt, row.Refused);
            }

            text.Append(Abandoned == 0 ? "" : $"{Abandoned} scenarios given up\n");
            return text.AppendJoin("", _refusals.OrderByDescending(item => item.Value).Take(20).Select(item => $"refused {item.Value} times: {item.Key}\n")).ToString();
        }
    }

    private static void Line(StringBuilder text, object first, params object[] others) =>
        text.Append(CultureInfo.InvariantCulture, $"{first,-34}").AppendJoin("", others.Select(other => string.Format(CultureInfo.InvariantCulture, "{0,15}", other))).Append('\n');

    /// <param name="Tried">Changes made.</param>
    /// <param name="Images">Images judged before and after such a change.</param>
    /// <param name="ResultDiffers">BuildKit's result is another one.</param>
    /// <param name="KeyDiffers">The key is another one.</param>
    /// <param name="FalseHits">Another result under the same key: must be none.</param>
    /// <param name="FalseMisses">Another key, the same result.</param>
    /// <param name="NotBuilt">BuildKit did not build it after the change.</param>
    /// <param name="Refused">BuildKit built it, and the product has no key for it.</param>
    internal readonly record struct Row(int Tried, int Images, int ResultDiffers, int KeyDiffers, int FalseHits, int FalseMisses, int NotBuilt, int Refused)
    {
        public Row Plus(Row other) => new(
            Tried + other.Tried, Images + other.Images, ResultDiffers + other.ResultDiffers, KeyDiffers + other.KeyDiffers, FalseHits + other.FalseHits, FalseMisses + other.FalseMisses, NotBuilt + other.NotBuilt, Refused + other.Refused);
    }
}
