using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>
/// Joins physical lines to instructions: drops comment lines and blank lines, follows the escape token at the end of a line.
/// Lines end at a line feed; carriage returns before it are dropped here but kept inside heredocs, both as BuildKit does.
/// </summary>
internal sealed class LogicalLineReader(DockerfileSource source, char escapeToken, DiagnosticBag diagnostics)
{
    /// <summary>BuildKit scans lines into a buffer of 64 KiB and refuses the file when one does not fit.</summary>
    private const int LongestLineInBytes = 65_535;

    private readonly string _text = source.Text;
    private int _position;
    private bool _tooLongReported;

    public LogicalLine? Read()
    {
        while (_position < _text.Length)
        {
            var (start, end) = TakeLine();
            start = SkipSpace(start, end);
            if (start == end || _text[start] == '#')
            {
                continue;
            }

            return Join(start, end);
        }

        return null;
    }

    /// <summary>The lines up to the one that closes a heredoc; null when the file ends first.</summary>
    public string? ReadHeredoc(string terminator, bool chomp)
    {
        var content = _position;
        while (_position < _text.Length)
        {
            var lineStart = _position;
            var (start, end) = TakeLine();
            var candidate = _text.AsSpan(start, end - start);
            if (chomp)
            {
                candidate = candidate.TrimStart('\t');
            }

            if (candidate.SequenceEqual(terminator))
            {
                return _text[content..lineStart];
            }
        }

        return null;
    }

    /// <summary>Like <see cref="ReadHeredoc"/>, but stays where it is when nothing closes the heredoc.</summary>
    public void SkipHeredoc(string terminator, bool chomp)
    {
        var content = _position;
        if (ReadHeredoc(terminator, chomp) is null)
        {
            _position = content;
        }
    }

    private LogicalLine Join(int start, int end)
    {
        var text = new StringBuilder();
        var pieces = new List<LogicalLine.Piece>();
        var blank = -1;
        var continues = Append(start, end);
        while (continues && _position < _text.Length)
        {
            (start, end) = TakeLine();
            var content = SkipSpace(start, end);
            if (content == end)
            {
                blank = blank < 0 ? start : blank;
            }
            else if (_text[content] != '#')
            {
                continues = Append(start, end);
            }
        }

        if (blank >= 0)
        {
            diagnostics.Add(Rules.BlankContinuationLine.At(source.Span(blank, blank)));
        }

        return new LogicalLine(source, text.ToString(), pieces);

        bool Append(int from, int to)
        {
            var kept = EndBeforeContinuation(from, to);
            pieces.Add(new LogicalLine.Piece(text.Length, from));
            text.Append(_text, from, (kept ?? to) - from);
            return kept is not null;
        }
    }

    /// <summary>Where the text ends when the line goes on below: before an escape token that is last but for spaces and not itself escaped.</summary>
    private int? EndBeforeContinuation(int start, int end)
    {
        while (end > start && _text[end - 1] is ' ' or '\t')
        {
            end--;
        }

        var isToken = end > start && _text[end - 1] == escapeToken;
        return isToken && (end - 1 == start || _text[end - 2] != escapeToken) ? end - 1 : null;
    }

    private (int Start, int End) TakeLine()
    {
        var start = _position;
        var feed = _text.IndexOf('\n', start);
        var end = feed < 0 ? _text.Length : feed;
        _position = feed < 0 ? _text.Length : feed + 1;
        RefuseLongLine(start, end);
        while (end > start && _text[end - 1] == '\r')
        {
            end--;
        }

        return (start, end);
    }

    private void RefuseLongLine(int start, int end)
    {
        if (!_tooLongReported && end - start > LongestLineInBytes / 3 && Encoding.UTF8.GetByteCount(_text.AsSpan(start, end - start)) > LongestLineInBytes)
        {
            _tooLongReported = true;
            diagnostics.Add(Rules.LineTooLong.At(source.Span(start, start), LongestLineInBytes));
        }
    }

    private int SkipSpace(int start, int end)
    {
        while (start < end && char.IsWhiteSpace(_text[start]))
        {
            start++;
        }

        return start;
    }
}
