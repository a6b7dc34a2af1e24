namespace Orchestrator.Building;

/// <summary>The last lines of an output, for the message of a failure.</summary>
internal sealed class LogTail
{
    private const int MaximumLines = 20;
    private const int MaximumLineLength = 400;

    private readonly LogLines _lines = new();
    private readonly Queue<string> _last = new();

    /// <summary>The unfinished line included.</summary>
    public IReadOnlyList<string> Lines => _lines.Rest is { Length: > 0 } rest ? [.. _last.Skip(_last.Count < MaximumLines ? 0 : 1), Short(rest)] : [.. _last];

    public void Add(ReadOnlySpan<byte> piece)
    {
        foreach (var line in _lines.Add(piece))
        {
            _last.Enqueue(Short(line));
            if (_last.Count > MaximumLines)
            {
                _last.Dequeue();
            }
        }
    }

    private static string Short(string line) => line.Length > MaximumLineLength ? line[..MaximumLineLength] : line;
}
