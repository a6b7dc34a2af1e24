using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>A text that knows the line and column of each of its characters.</summary>
internal sealed class DockerfileSource
{
    private readonly string _path;
    private readonly SourceSpan? _origin;
    private readonly List<int> _lineStarts = [0];

    /// <param name="origin">For text that is in no file, such as a trigger of a base image: the place that stands for all of it.</param>
    public DockerfileSource(string path, string text, SourceSpan? origin = null)
    {
        _path = path;
        _origin = origin;
        Text = text;
        for (var feed = text.IndexOf('\n', StringComparison.Ordinal); feed >= 0; feed = text.IndexOf('\n', feed + 1))
        {
            _lineStarts.Add(feed + 1);
        }
    }

    public string Text { get; }

    public SourceSpan Span(int start, int end)
    {
        if (_origin is { } origin)
        {
            return origin;
        }

        var (line, column) = Position(start);
        var (endLine, endColumn) = Position(Math.Max(start, end));
        return new SourceSpan(_path, line, column, endLine, endColumn);
    }

    private (int Line, int Column) Position(int offset)
    {
        var found = _lineStarts.BinarySearch(offset);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, offset - _lineStarts[line] + 1);
    }
}
