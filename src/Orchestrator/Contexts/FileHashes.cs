using System.Collections.Concurrent;
using System.Security.Cryptography;
using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>SHA-256 of the files of a run. A file that many images use is read once, and not at all when the stat cache knows it.</summary>
internal sealed class FileHashes(StatCache cache)
{
    private readonly ConcurrentDictionary<ulong, bool> _hasOwnClock = new();
    private readonly ConcurrentDictionary<(string Source, string Path, long Size, long Time), Lazy<ContentHash>> _known = new();

    /// <summary>What the stat cache knows; null when the file has to be read.</summary>
    public ContentHash? Find(SyncEntry entry) => cache.Find(entry);

    /// <exception cref="SyncTreeException">The file is gone, cannot be read, or has another length than the walk saw.</exception>
    public ContentHash HashOf(ISyncTree tree, ContextSource source, SyncEntry entry) =>
        _known.GetOrAdd(
            (source.Identity, entry.Path, entry.Size, entry.ModifiedNanoseconds),
            _ => new Lazy<ContentHash>(() => Hash(tree, source, entry))).Value;

    /// <summary>What was read before is asked for anew.</summary>
    public void Forget() => _known.Clear();

    private ContentHash Hash(ISyncTree tree, ContextSource source, SyncEntry entry)
    {
        using var stream = tree.OpenRead(entry);
        Span<byte> hash = stackalloc byte[ContentHash.Bytes];
        SHA256.HashData(stream, hash);
        var content = ContentHash.From(hash);
        if (entry.Identity is { } identity && _hasOwnClock.GetOrAdd(identity.Device, _ => HasOwnClock(source.PathOf(entry.Path))))
        {
            cache.Add(entry, content);
        }

        return content;
    }

    /// <summary>A file system of another machine has another clock, and then a change may look old.</summary>
    private static bool HasOwnClock(string path)
    {
        string[] shared = ["fuse", "9p", "virtiofs", "vboxsf", "vmhgfs", "prl_fs", "drvfs"];
        try
        {
            var drive = new DriveInfo(path);
            return drive.DriveType != DriveType.Network && !shared.Any(name => drive.DriveFormat.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
