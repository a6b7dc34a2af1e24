using Orchestrator.Building;
using Orchestrator.BuildKit.Control;

namespace Orchestrator.Tool.Reporters;

/// <summary>What steps write, as lines: each stream of each step of an image by itself. May be used by several threads at once.</summary>
internal sealed class StepOutput
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Image, string Step, LogStream Stream), LogLines> _open = [];

    /// <returns>The lines that the piece ends.</returns>
    public IReadOnlyList<string> Add(string image, LogChunk piece)
    {
        lock (_lock)
        {
            var key = (image, piece.Vertex, piece.Stream);
            if (!_open.TryGetValue(key, out var lines))
            {
                _open.Add(key, lines = new LogLines());
            }

            return lines.Add(piece.Data.Span);
        }
    }

    /// <summary>The image is done.</summary>
    /// <returns>The lines of it that have no end.</returns>
    public IReadOnlyList<(string Step, LogStream Stream, string Line)> End(string image)
    {
        lock (_lock)
        {
            var open = _open.Where(item => item.Key.Image == image).ToList();
            open.ForEach(item => _open.Remove(item.Key));
            return [.. open.Where(item => item.Value.Rest.Length > 0).Select(item => (item.Key.Step, item.Key.Stream, item.Value.Rest))];
        }
    }
}
