using System.Globalization;

namespace Orchestrator.Benchmarks.Measuring;

/// <summary>Rows of two contenders' samples, as Markdown.</summary>
internal sealed class ResultTable(string ours, string theirs, string comparison, Func<double, double, double> compare)
{
    private readonly List<(string Name, Samples Ours, Samples Theirs)> _rows = [];

    public bool HasFailed => _rows.Any(row => row.Ours.HasFailed);

    /// <summary>The samples of a row, which is made when it is new.</summary>
    public (Samples Ours, Samples Theirs) Row(string name)
    {
        if (_rows.FirstOrDefault(row => row.Name == name) is not { Name: not null } found)
        {
            _rows.Add(found = (name, new Samples(), new Samples()));
        }

        return (found.Ours, found.Theirs);
    }

    public void Write(TextWriter output, string title)
    {
        output.WriteLine($"| {title} | {ours}, s | {theirs}, s | {comparison} |");
        output.WriteLine("| --- | --- | --- | --- |");
        foreach (var row in _rows)
        {
            var compared = row.Ours.Median is { } mine && row.Theirs.Median is { } other ? compare(mine, other).ToString("0.00", CultureInfo.InvariantCulture) : "–";
            output.WriteLine($"| {row.Name} | {row.Ours} | {row.Theirs} | {compared} |");
        }
    }
}
