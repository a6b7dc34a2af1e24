using Orchestrator.BuildKit.Control;

namespace Orchestrator.Building;

/// <summary>Remembers the last lines of each step, for the message of a failure.</summary>
internal sealed class StepLog
{
    private readonly Dictionary<string, LogTail> _steps = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public void Add(LogChunk output)
    {
        lock (_lock)
        {
            if (!_steps.TryGetValue(output.Vertex, out var step))
            {
                _steps.Add(output.Vertex, step = new LogTail());
            }

            step.Add(output.Data.Span);
        }
    }

    /// <summary>The last lines of a step.</summary>
    public IReadOnlyList<string> Tail(string digest)
    {
        lock (_lock)
        {
            return _steps.TryGetValue(digest, out var step) ? step.Lines : [];
        }
    }
}
