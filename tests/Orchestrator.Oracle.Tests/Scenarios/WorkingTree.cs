using System.Text;

namespace Orchestrator.Oracle.Tests.Scenarios;

/// <summary>A scenario on disk. Moving to another one touches only what differs, as an editor would; so caches of file states are put to the test too.</summary>
internal sealed class WorkingTree : IDisposable
{
    private readonly bool _isReversed;
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <param name="isReversed">Makes the files in the opposite order, which shows in the order in which a directory lists them.</param>
    public WorkingTree(Scenario scenario, bool isReversed = false)
    {
        _isReversed = isReversed;
        Root = System.IO.Directory.CreateTempSubdirectory("orchestrator-oracle-").FullName;
        MoveTo(scenario);
    }

    public string Root { get; }

    public void MoveTo(Scenario scenario)
    {
        var texts = scenario.Texts();
        foreach (var path in _entries.Keys.Concat(_texts.Keys).Where(path => !scenario.Files.ContainsKey(path) && !texts.ContainsKey(path)).ToList())
        {
            Delete(path);
            _entries.Remove(path);
            _texts.Remove(path);
        }

        var wanted = scenario.Files.Where(item => !texts.ContainsKey(item.Key));
        foreach (var (path, entry) in _isReversed ? wanted.Reverse() : wanted)
        {
            if (_entries.GetValueOrDefault(path) != entry)
            {
                Write(path, entry, _entries.GetValueOrDefault(path));
                _entries[path] = entry;
            }
        }

        foreach (var (path, text) in texts.Where(item => _texts.GetValueOrDefault(item.Key) != item.Value))
        {
            Parents(path);
            File.WriteAllText(Full(path), text);
            _texts[path] = text;
        }

        DropEmptied();
    }

    public void Dispose() => System.IO.Directory.Delete(Root, recursive: true);

    private string Full(string path) => Path.Join(Root, path);

    private void Write(string path, Entry entry, Entry? before)
    {
        var full = Full(path);
        Parents(path);
        if (before is not null && (before.Kind != entry.Kind || entry.Kind == EntryKind.Link))
        {
            Delete(path);
        }

        switch (entry.Kind)
        {
            case EntryKind.Link:
                File.CreateSymbolicLink(full, entry.Target);
                return;
            case EntryKind.Directory:
                System.IO.Directory.CreateDirectory(full);
                break;
            default:
                WriteFile(full, entry, before);
                break;
        }

        File.SetUnixFileMode(full, (UnixFileMode)entry.Mode);
        if (entry.Time > 0)
        {
            File.SetLastWriteTimeUtc(full, DateTime.UnixEpoch.AddSeconds(entry.Time));
        }
    }

    private static void WriteFile(string full, Entry entry, Entry? before)
    {
        if (before?.Kind == EntryKind.File && ReferenceEquals(before.Content, entry.Content))
        {
            return;
        }

        var time = entry.KeepsTime ? File.GetLastWriteTimeUtc(full) : default;
        using (var file = new FileStream(full, FileMode.OpenOrCreate, FileAccess.Write))
        {
            file.SetLength(entry.Content.Length);
            file.Write(entry.Content);
        }

        if (entry.KeepsTime)
        {
            File.SetLastWriteTimeUtc(full, time);
        }
    }

    private void Parents(string path)
    {
        var parent = Path.GetDirectoryName(path)!;
        if (parent.Length > 0 && !System.IO.Directory.Exists(Full(parent)))
        {
            if (File.Exists(Full(parent)))
            {
                File.Delete(Full(parent));
            }

            Parents(parent);
            System.IO.Directory.CreateDirectory(Full(parent));
        }
    }

    private void Delete(string path)
    {
        var full = Full(path);
        if (new FileInfo(full) is { LinkTarget: not null } or { Exists: true })
        {
            File.Delete(full);
        }
        else if (System.IO.Directory.Exists(full) && !System.IO.Directory.EnumerateFileSystemEntries(full).Any())
        {
            System.IO.Directory.Delete(full);
        }
    }

    /// <summary>A folder that was there only for its files is gone with them.</summary>
    private void DropEmptied()
    {
        var kept = _entries.Where(item => item.Value.Kind == EntryKind.Directory).Select(item => Full(item.Key)).ToHashSet(StringComparer.Ordinal);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var folder in System.IO.Directory.EnumerateDirectories(Root, "*", options).OrderByDescending(folder => Encoding.UTF8.GetByteCount(folder)).ToList())
        {
            if (!kept.Contains(folder) && !System.IO.Directory.EnumerateFileSystemEntries(folder).Any())
            {
                System.IO.Directory.Delete(folder);
            }
        }
    }
}
