using System.Text;
using Orchestrator.BuildKit.Control;

namespace Orchestrator.Building;

/// <summary>Remembers the last lines of each step, for the message of a failure.</summary>
internal sealed class StepLog
{
    private const int MaximumLines = 20;
    private const int MaximumLineLength = 400;

    private readonly Dictionary<string, Queue<string>> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StringBuilder> _open = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public void Add(LogChunk output)
    {
        lock (_lock)
        {
            if (!_open.TryGetValue(output.Vertex, out var line))
            {
                _open.Add(output.Vertex, line = new StringBuilder());
                _lines.Add(output.Vertex, new Queue<string>());
            }

            foreach (var character in Encoding.UTF8.GetString(output.Data.Span))
            {
                if (character == '\n')
                {
                    Close(output.Vertex, line);
                }
                else if (character == '\r')
                {
                    line.Clear();
                }
                else if (line.Length < MaximumLineLength && !char.IsControl(character))
                {
                    line.Append(character);
                }
            }
        }
    }

    /// <summary>The last lines of a step, the unfinished one included.</summary>
    public IReadOnlyList<string> Tail(string digest)
    {
        lock (_lock)
        {
            return _lines.TryGetValue(digest, out var lines)
                ? [.. lines, .. _open[digest] is { Length: > 0 } last ? [last.ToString()] : Array.Empty<string>()]
                : [];
        }
    }

    private void Close(string digest, StringBuilder line)
    {
        var lines = _lines[digest];
        lines.Enqueue(line.ToString());
        if (lines.Count > MaximumLines)
        {
            lines.Dequeue();
        }

        line.Clear();
    }
}
