using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>The text of one instruction after its continuation lines were joined, with the way back to the file.</summary>
internal sealed class LogicalLine
{
    private readonly DockerfileSource _source;
    private readonly IReadOnlyList<Piece> _pieces;
    private readonly int _skipped;

    public LogicalLine(DockerfileSource source, string text, IReadOnlyList<Piece> pieces)
        : this(source, text, pieces, 0)
    {
    }

    private LogicalLine(DockerfileSource source, string text, IReadOnlyList<Piece> pieces, int skipped)
    {
        _source = source;
        _pieces = pieces;
        _skipped = skipped;
        Text = text;
    }

    public string Text { get; }

    public SourceSpan Whole => Span(0, Text.Length);

    /// <summary>The same line without its first characters.</summary>
    public LogicalLine From(int start) => new(_source, Text[start..], _pieces, _skipped + start);

    public Located<string> Located(int start, int end) => new(Text[start..end], Span(start, end));

    public SourceSpan Span(int start, int end)
    {
        var range = Range(start, end);
        return _source.Span(range.Start, range.End);
    }

    public TextRange Range(int start, int end)
    {
        var first = Offset(start);
        return new TextRange(first, end > start ? Offset(end - 1) + 1 : first);
    }

    private int Offset(int index)
    {
        var wanted = index + _skipped;
        var low = 0;
        var high = _pieces.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_pieces[middle].LineStart <= wanted)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return _pieces[low].SourceStart + wanted - _pieces[low].LineStart;
    }

    /// <summary>One physical line's share.</summary>
    internal readonly record struct Piece(int LineStart, int SourceStart);
}
