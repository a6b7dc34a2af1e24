using Orchestrator.BuildKit.Control;

namespace Orchestrator.Reports;

/// <summary>What is known of a step by now. The daemon tells of it again and again, and it can start again after it ended; for each start the last word counts.</summary>
internal sealed class StepTimes
{
    /// <summary>Of a step that ends because another one failed.</summary>
    private const string Stopped = "context canceled";

    private readonly SortedDictionary<DateTimeOffset, DateTimeOffset?> _work = [];
    private VertexUpdate? _last;

    /// <summary>Null when it never began.</summary>
    public DateTimeOffset? Started => _work.Count > 0 ? _work.Keys.First() : null;

    public void Take(VertexUpdate update)
    {
        _last = update;
        if (update.Started is { } started)
        {
            _work[started] = update.Completed;
        }
    }

    /// <summary>Prerequisite: it began.</summary>
    /// <param name="place">From the daemon's clock to a time after the start of the run.</param>
    /// <param name="end">When the image ended, which is when a step ends that nobody said the end of.</param>
    public ReportedStep Report(Func<DateTimeOffset, TimeSpan> place, TimeSpan end)
    {
        var (first, last, sum) = (TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.Zero);
        foreach (var (started, completed) in _work)
        {
            var from = Later(place(started), TimeSpan.Zero);
            var to = Later(completed is { } at ? place(at) : end, from);
            first = from < first ? from : first;
            last = Later(to, last);
            sum += to - from;
        }

        return new ReportedStep(_last!.Name, State(_last), first, last, sum, State(_last) == StepState.Failed ? _last.Error : "");
    }

    private static StepState State(VertexUpdate step) => step switch
    {
        { Error.Length: > 0 } => step.Error.Contains(Stopped, StringComparison.Ordinal) ? StepState.Stopped : StepState.Failed,
        { Cached: true } => StepState.Cached,
        { Completed: not null } => StepState.Done,
        _ => StepState.Stopped,
    };

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
