namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// A directory on disk, sent as it is found: real times, links as links, no owners, no extended attributes. Permissions lose the write bits of group
/// and others and directories their set-group-id, so that clones under different umasks agree. Sockets are skipped.
/// </summary>
public sealed class DirectoryTree : ISyncTree
{
    private const uint WritableByOthers = 0x12; // 0o022
    private const uint WindowsPermissions = 0x1ED; // 0o755, as all Docker clients on Windows send

    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
        ReturnSpecialDirectories = false,
    };

    private readonly string _root;

    /// <summary>Creates the tree; nothing is read yet.</summary>
    /// <param name="root">The directory, as an absolute path.</param>
    public DirectoryTree(string root)
    {
        if (!Path.IsPathFullyQualified(root))
        {
            throw new ArgumentException($"'{root}' is not an absolute path.", nameof(root));
        }

        _root = Path.TrimEndingDirectorySeparator(root);
    }

    /// <inheritdoc />
    public IReadOnlyList<SyncEntry> List(string directory)
    {
        try
        {
            var entries = new List<SyncEntry>();
            foreach (var info in new DirectoryInfo(FullPath(directory)).EnumerateFileSystemInfos("*", Everything))
            {
                if (ToEntry(PathText.Join(directory, info.Name), info) is { } entry)
                {
                    entries.Add(entry);
                }
            }

            entries.Sort((left, right) => Utf8Order.Instance.Compare(left.Name, right.Name));
            return entries;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var name = directory.Length == 0 ? _root : directory;
            throw new SyncTreeException($"The directory {name} cannot be read: {exception.Message}", exception);
        }
    }

    /// <inheritdoc />
    public Stream OpenRead(SyncEntry entry)
    {
        var path = FullPath(entry.Path);
        try
        {
            CheckUnchanged(entry, path);
            var options = new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan | FileOptions.Asynchronous,
                BufferSize = 0,
            };
            return new WatchedStream(new FileStream(path, options), () => CheckUnchanged(entry, path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw SyncTreeException.Changed(entry.Path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SyncTreeException($"{entry.Path} cannot be read: {exception.Message}", exception);
        }
    }

    private string FullPath(string path) => path.Length == 0 ? _root + Path.DirectorySeparatorChar : Path.Join(_root, path);

    private static void CheckUnchanged(SyncEntry entry, string path)
    {
        var now = new FileInfo(path);
        if (!now.Exists || now.LinkTarget is not null || now.Length != entry.Size || Nanoseconds(now) != entry.ModifiedNanoseconds)
        {
            throw SyncTreeException.Changed(entry.Path);
        }
    }

    private static SyncEntry? ToEntry(string path, FileSystemInfo info)
    {
        if (info.LinkTarget is { } target)
        {
            var text = OperatingSystem.IsWindows() ? target.Replace('\\', '/') : target;
            return Checked(new SyncEntry(path, GoFileMode.SymbolicLink | GoFileMode.PermissionMask, 0, Nanoseconds(info), text));
        }

        if (info is DirectoryInfo)
        {
            return Checked(new SyncEntry(path, GoFileMode.Directory | Permissions(info), 0, Nanoseconds(info), null));
        }

        var file = (FileInfo)info;
        if (!file.Exists)
        {
            // .NET decodes such a name to one that does not exist; or the file vanished since the directory was read.
            return path.Contains('\uFFFD', StringComparison.Ordinal) ? Broken(path, $"{path} has a name that is not valid UTF-8") : null;
        }

        var kind = file.Length == 0 ? SpecialFile.Kind(file.FullName) : 0;
        return kind switch
        {
            GoFileMode.Socket => null,
            GoFileMode.Device => Broken(path, $"{path} is a device; devices cannot be sent"),
            _ => Checked(new SyncEntry(path, kind | Permissions(info), file.Length, Nanoseconds(info), null)),
        };
    }

    private static SyncEntry Checked(SyncEntry entry) => entry.LinkTarget?.Contains('\uFFFD', StringComparison.Ordinal) == true
        ? entry with { Problem = $"{entry.Path} links to a name that is not valid UTF-8" }
        : entry;

    private static SyncEntry Broken(string path, string problem) => new(path, GoFileMode.Irregular, 0, 0, null) { Problem = problem };

    private static uint Permissions(FileSystemInfo info)
    {
        if (OperatingSystem.IsWindows())
        {
            return WindowsPermissions;
        }

        var mode = info.UnixFileMode;
        var bits = ((uint)mode & GoFileMode.PermissionMask & ~WritableByOthers)
            | (mode.HasFlag(UnixFileMode.SetUser) ? GoFileMode.SetUserId : 0)
            | (mode.HasFlag(UnixFileMode.SetGroup) && info is FileInfo ? GoFileMode.SetGroupId : 0)
            | (mode.HasFlag(UnixFileMode.StickyBit) ? GoFileMode.Sticky : 0);
        return bits;
    }

    private static long Nanoseconds(FileSystemInfo info) => (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
