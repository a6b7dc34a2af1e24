using System.Text;
using Orchestrator.BuildKit.Control;

namespace Orchestrator.BuildKit.Tests.Engines;

/// <summary>Keeps what a build reports, and lets a test wait for a piece of output.</summary>
internal sealed class RecordedEvents : IProgress<SolveEvent>
{
    private readonly Lock _gate = new();
    private readonly List<SolveEvent> _events = [];
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    public IReadOnlyList<SolveEvent> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    public string Output => string.Concat(All.OfType<LogChunk>().Select(chunk => Encoding.UTF8.GetString(chunk.Data.Span)));

    public void Report(SolveEvent value)
    {
        lock (_gate)
        {
            _events.Add(value);
        }

        var output = Output;
        foreach (var (text, seen) in _awaited)
        {
            if (output.Contains(text, StringComparison.Ordinal))
            {
                seen.TrySetResult();
            }
        }
    }

    /// <summary>Completes when the text was printed; to be asked for before the build starts.</summary>
    public Task Printed(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited.Add((text, seen));
        return seen.Task;
    }
}
