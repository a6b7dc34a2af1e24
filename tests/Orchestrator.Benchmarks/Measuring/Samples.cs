using System.Globalization;

namespace Orchestrator.Benchmarks.Measuring;

/// <summary>The measurements of one contender in one scenario.</summary>
internal sealed class Samples
{
    private readonly List<double> _seconds = [];
    private readonly List<string> _failures = [];

    public bool HasFailed => _failures.Count > 0;

    /// <summary>Of those that did not fail.</summary>
    public double? Median => _seconds.Count == 0 ? null : Middle();

    public void Add(TimeSpan duration) => _seconds.Add(duration.TotalSeconds);

    public void Fail(string reason) => _failures.Add(reason);

    /// <summary>The median and the range of those that did not fail; how often it failed, and how.</summary>
    public override string ToString()
    {
        var times = _seconds.Count == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{Middle():0.000} ({_seconds.Min():0.000}–{_seconds.Max():0.000})");
        return HasFailed ? $"{times}, fails {_failures.Count} of {_failures.Count + _seconds.Count}: {_failures[0]}" : times;
    }

    private double Middle()
    {
        var sorted = _seconds.Order().ToArray();
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
