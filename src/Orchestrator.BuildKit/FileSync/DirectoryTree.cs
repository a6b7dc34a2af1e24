namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// A directory on disk. Permissions are sent as <c>perm &amp; ~0o022</c> and without set-id bits on directories, owners as 0, so that clones
/// under different umasks agree. Links are sent as links. Sockets are left out.
/// </summary>
public sealed class DirectoryTree(string root) : ISyncTree
{
    private const uint WindowsMode = 0x1ED;
    private const UnixFileMode Writable = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const uint SetUser = 0x0080_0000;
    private const uint SetGroup = 0x0040_0000;
    private const uint Sticky = 0x0010_0000;

    /// <summary>The absolute path of the directory.</summary>
    public string Root { get; } = root;

    /// <inheritdoc/>
    public IReadOnlyList<SyncEntry> List(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        try
        {
            var entries = new List<SyncEntry>();
            var prefix = directory.Length == 0 ? "" : directory + "/";
            foreach (var info in new DirectoryInfo(Path.Join(Root, directory)).EnumerateFileSystemInfos("*", Everything))
            {
                if (Entry(prefix + info.Name, info) is { } entry)
                {
                    entries.Add(entry);
                }
            }

            entries.Sort((left, right) => PathOrder.Instance.Compare(left.Path, right.Path));
            return entries;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SyncTreeException($"'{(directory.Length == 0 ? "." : directory)}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public Stream OpenRead(SyncEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        try
        {
            var stream = new FileStream(
                Path.Join(Root, entry.Path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            return new ExactStream(stream, entry);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SyncTreeException($"'{entry.Path}' is gone", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SyncTreeException($"'{entry.Path}' cannot be read: {exception.Message}", exception);
        }
    }

    private static EnumerationOptions Everything => new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false, MatchType = MatchType.Simple };

    private static SyncEntry? Entry(string path, FileSystemInfo info)
    {
        if (path.Contains('\uFFFD', StringComparison.Ordinal))
        {
            // The platform shows bytes that are no UTF-8 as U+FFFD; such a file could not even be opened again.
            throw new SyncTreeException($"the name '{path}' is not valid UTF-8, which the build protocol needs; rename it or leave it out with .dockerignore");
        }

        var modified = (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100;
        if (info.LinkTarget is { } target)
        {
            return new SyncEntry(path, GoFileMode.Symlink | GoFileMode.Permissions, 0, modified, OperatingSystem.IsWindows() ? target.Replace('\\', '/') : target);
        }

        if (info is DirectoryInfo)
        {
            return new SyncEntry(path, GoFileMode.Directory | Permissions(info, isDirectory: true), 0, modified);
        }

        return IsRegular(info) ? new SyncEntry(path, Permissions(info, isDirectory: false), ((FileInfo)info).Length, modified) : null;
    }

    /// <summary>Sockets, pipes and devices cannot be in an image's context; Docker's clients leave sockets out as well.</summary>
    private static bool IsRegular(FileSystemInfo info) =>
        info is FileInfo { Length: > 0 } || UnixFileKind.IsRegular(info.FullName);

    private static uint Permissions(FileSystemInfo info, bool isDirectory)
    {
        if (OperatingSystem.IsWindows())
        {
            return WindowsMode;
        }

        var mode = info.UnixFileMode & ~Writable;
        var bits = (uint)mode & GoFileMode.Permissions;
        bits |= (mode & UnixFileMode.StickyBit) != 0 ? Sticky : 0;
        bits |= !isDirectory && (mode & UnixFileMode.SetUser) != 0 ? SetUser : 0;
        bits |= !isDirectory && (mode & UnixFileMode.SetGroup) != 0 ? SetGroup : 0;
        return bits;
    }
}
