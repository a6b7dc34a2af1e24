using Orchestrator.BuildKit.Control;

namespace Orchestrator.Building;

/// <summary>Remembers the last lines of each step, for the message of a failure.</summary>
internal sealed class StepLog
{
    private const int MaximumLines = 20;
    private const int MaximumLineLength = 400;

    private readonly Dictionary<string, (LogLines Lines, Queue<string> Last)> _steps = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public void Add(LogChunk output)
    {
        lock (_lock)
        {
            if (!_steps.TryGetValue(output.Vertex, out var step))
            {
                _steps.Add(output.Vertex, step = (new LogLines(), new Queue<string>()));
            }

            foreach (var line in step.Lines.Add(output.Data.Span))
            {
                step.Last.Enqueue(Short(line));
                if (step.Last.Count > MaximumLines)
                {
                    step.Last.Dequeue();
                }
            }
        }
    }

    /// <summary>The last lines of a step, the unfinished one included.</summary>
    public IReadOnlyList<string> Tail(string digest)
    {
        lock (_lock)
        {
            return _steps.TryGetValue(digest, out var step) ? [.. step.Last, .. step.Lines.Rest is { Length: > 0 } last ? [Short(last)] : Array.Empty<string>()] : [];
        }
    }

    private static string Short(string line) => line.Length > MaximumLineLength ? line[..MaximumLineLength] : line;
}
