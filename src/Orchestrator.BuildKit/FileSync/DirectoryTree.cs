using System.IO.Enumeration;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// A directory on disk, sent as it is found: real times, links as links, no owners, no extended attributes. Permissions lose the write bits of group
/// and others and directories their set-group-id, so that clones under different umasks agree, unless they are to be kept. Sockets are skipped.
/// </summary>
public sealed class DirectoryTree : ISyncTree
{
    private const uint WritableByOthers = 0x12; // 0o022
    private const char ReplacementCharacter = '\uFFFD';

    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
        ReturnSpecialDirectories = false,
    };

    private readonly string _root;
    private readonly bool _keepsModes;

    /// <summary>Creates the tree; nothing is read yet.</summary>
    /// <param name="root">The directory, as an absolute path.</param>
    /// <param name="keepsModes">Permissions are sent as they are. Default: false.</param>
    public DirectoryTree(string root, bool keepsModes = false)
    {
        if (!Path.IsPathFullyQualified(root))
        {
            throw new ArgumentException($"'{root}' is not an absolute path.", nameof(root));
        }

        _root = Path.TrimEndingDirectorySeparator(root);
        _keepsModes = keepsModes;
    }

    /// <inheritdoc />
    public IReadOnlyList<SyncEntry> List(string directory)
    {
        try
        {
            var entries = new List<SyncEntry>();
            var path = FullPath(directory);
            foreach (var name in new FileSystemEnumerable<string>(path, (ref FileSystemEntry entry) => entry.FileName.ToString(), Everything))
            {
                if (ToEntry(PathText.Join(directory, name), Path.Join(path, name)) is { } entry)
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

    /// <summary>Whoever changes a file may set its time back, as unpacking does; its change time tells, and its inode where another file took its name.</summary>
    private static void CheckUnchanged(SyncEntry entry, string path)
    {
        if (FileStatus.Read(path) is not { } now || (now.Mode & GoFileMode.TypeMask) != 0 || now.Size != entry.Size || now.ModifiedNanoseconds != entry.ModifiedNanoseconds
            || (entry.Identity is { } identity && now.Identity != identity))
        {
            throw SyncTreeException.Changed(entry.Path);
        }
    }

    private SyncEntry? ToEntry(string path, string fullPath)
    {
        if (FileStatus.Read(fullPath) is not { } status)
        {
            // .NET decodes a name that is not UTF-8 to one that does not exist; or the file vanished since the directory was read.
            return path.Contains(ReplacementCharacter) ? Broken(path, $"{path} has a name that is not valid UTF-8") : null;
        }

        switch (status.Mode & GoFileMode.TypeMask)
        {
            case GoFileMode.SymbolicLink:
                return Link(path, fullPath, status);
            case GoFileMode.Socket:
                return null;
            case 0 or GoFileMode.Directory or GoFileMode.NamedPipe:
                return new SyncEntry(path, SentMode(status.Mode), status.Size, status.ModifiedNanoseconds, null) { Identity = status.Identity };
            default:
                return Broken(path, $"{path} is a device; devices cannot be sent");
        }
    }

    private static SyncEntry? Link(string path, string fullPath, FileStatus status)
    {
        if (new FileInfo(fullPath).LinkTarget is not { } target)
        {
            return null;
        }

        var text = OperatingSystem.IsWindows() ? target.Replace('\\', '/') : target;
        return new SyncEntry(path, GoFileMode.SymbolicLink | GoFileMode.PermissionMask, 0, status.ModifiedNanoseconds, text)
        {
            Problem = text.Contains(ReplacementCharacter) ? $"{path} links to a name that is not valid UTF-8" : null,
        };
    }

    private static SyncEntry Broken(string path, string problem) => new(path, GoFileMode.Irregular, 0, 0, null) { Problem = problem };

    private uint SentMode(uint mode) => _keepsModes ? mode : mode & ~WritableByOthers & ~((mode & GoFileMode.Directory) != 0 ? GoFileMode.SetGroupId : 0);
}
