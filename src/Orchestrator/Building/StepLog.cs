using Orchestrator.BuildKit.Control;

namespace Orchestrator.Building;

/// <summary>Remembers the name and the last lines of each step, for the message of a failure.</summary>
internal sealed class StepLog
{
    private readonly Dictionary<string, LogTail> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
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

    public void Add(VertexUpdate step)
    {
        lock (_lock)
        {
            _names[step.Digest] = step.Name;
        }
    }

    /// <summary>Empty for a step that nothing was said of.</summary>
    public string Name(string? digest)
    {
        lock (_lock)
        {
            return digest is null ? "" : _names.GetValueOrDefault(digest, "");
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
