using System.Text;

namespace Orchestrator.Fixing;

/// <summary>A file and the edits that it is to get. Whatever no edit covers stays as it is, to the byte.</summary>
internal sealed class FileDraft
{
    private const string ByteOrderMark = "\uFEFF";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<TextEdit> _edits = [];
    private readonly List<int> _lineStarts = [0];

    private FileDraft(string path, string text, bool isNew)
    {
        Path = path;
        IsNew = isNew;
        Mark = text.StartsWith(ByteOrderMark, StringComparison.Ordinal) ? ByteOrderMark : "";
        Text = text[Mark.Length..];
        for (var feed = Text.IndexOf('\n', StringComparison.Ordinal); feed >= 0; feed = Text.IndexOf('\n', feed + 1))
        {
            _lineStarts.Add(feed + 1);
        }
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    public bool IsNew { get; }

    /// <summary>The byte order mark that the file begins with, and keeps; empty when there is none.</summary>
    public string Mark { get; }

    /// <summary>As it is, without the byte order mark.</summary>
    public string Text { get; }

    /// <summary>What ends the first line: a file that has one sort of line end keeps it.</summary>
    public string LineEnd => Text.IndexOf('\n', StringComparison.Ordinal) is var feed and > 0 && Text[feed - 1] == '\r' ? "\r\n" : "\n";

    /// <summary>Where each line begins.</summary>
    public IReadOnlyList<int> LineStarts => _lineStarts;

    /// <summary>In the order of their places; those at one place in the order in which they were added.</summary>
    public IReadOnlyList<TextEdit> Edits => [.. _edits.OrderBy(edit => edit.Start).ThenBy(edit => edit.End)];

    public bool IsChanged => IsNew || _edits.Count > 0;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FileDraft Open(string path) => new(path, Strict.GetString(File.ReadAllBytes(path)), isNew: false);

    public static FileDraft Create(string path, string text)
    {
        var draft = new FileDraft(path, "", isNew: true);
        draft.Add(new TextEdit(0, 0, text));
        return draft;
    }

    /// <summary>An edit that is there already is not made twice.</summary>
    /// <exception cref="InvalidOperationException">Two edits want the same place.</exception>
    public void Add(TextEdit edit)
    {
        if (edit.Start < edit.End && _edits.Contains(edit))
        {
            return;
        }

        if (_edits.Exists(other => other.Start < edit.End && edit.Start < other.End))
        {
            throw new InvalidOperationException($"two edits of {Path} overlap at {edit.Start}");
        }

        _edits.Add(edit);
    }

    /// <summary>Lines and columns count from 1.</summary>
    public int Offset(int line, int column) => Math.Min(_lineStarts[Math.Min(line, _lineStarts.Count) - 1] + column - 1, Text.Length);

    /// <summary>Where a line's text ends, before what ends the line.</summary>
    public int EndOfLine(int offset)
    {
        var feed = Text.IndexOf('\n', offset);
        var end = feed < 0 ? Text.Length : feed;
        return end > offset && Text[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>The text with all edits made, without the byte order mark.</summary>
    public string Result => Apply(0, Text.Length, Edits);

    public byte[] ToBytes() => Strict.GetBytes(Mark + Result);

    /// <summary>A part of the text with the edits that lie in it made.</summary>
    public string Apply(int start, int end, IEnumerable<TextEdit> edits)
    {
        var result = new StringBuilder();
        var position = start;
        foreach (var edit in edits)
        {
            result.Append(Text, position, edit.Start - position).Append(edit.Text);
            position = edit.End;
        }

        return result.Append(Text, position, end - position).ToString();
    }
}
