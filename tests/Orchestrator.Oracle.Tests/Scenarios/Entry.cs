using System.Text;

namespace Orchestrator.Oracle.Tests.Scenarios;

/// <summary>A file, directory or link of a scenario's repository. Equal only to itself: an unchanged entry is not written again.</summary>
internal sealed class Entry(EntryKind kind, byte[] content, string target, int mode)
{
    public const int PlainFile = 0b110_100_100;
    public const int PlainDirectory = 0b111_101_101;

    public EntryKind Kind { get; } = kind;

    public byte[] Content { get; } = content;

    /// <summary>Of a link.</summary>
    public string Target { get; } = target;

    /// <summary>Permissions as POSIX writes them; of no meaning for a link.</summary>
    public int Mode { get; } = mode;

    /// <summary>Seconds since the epoch that the entry's time is set to; 0: the time at which it is written.</summary>
    public long Time { get; private init; }

    /// <summary>It is written in place, and the time that it had before is put back.</summary>
    public bool KeepsTime { get; private init; }

    public static Entry File(string text, int mode = PlainFile) => new(EntryKind.File, Encoding.UTF8.GetBytes(text), "", mode);

    public static Entry Directory(int mode = PlainDirectory) => new(EntryKind.Directory, [], "", mode);

    public static Entry Link(string target) => new(EntryKind.Link, [], target, 0);

    public Entry WithContent(byte[] content) => new(Kind, content, Target, Mode);

    public Entry WithContentUnseen(byte[] content) => new(Kind, content, Target, Mode) { KeepsTime = true };

    public Entry WithMode(int mode) => new(Kind, Content, Target, mode) { Time = Time };

    public Entry WithTime(long seconds) => new(Kind, Content, Target, Mode) { Time = seconds };

    public string Text => Encoding.UTF8.GetString(Content);
}
