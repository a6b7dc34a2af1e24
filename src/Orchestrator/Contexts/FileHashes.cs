using System.Collections.Concurrent;
using System.Security.Cryptography;
using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>SHA-256 of the files of a run. A file that many images use is read once, and not at all when the stat cache knows it.</summary>
/// <param name="cache">What earlier runs read.</param>
/// <param name="movesChangeTimes">Of a path: whether its file system moves a file's change time with every change; what it does not is read in each run.</param>
internal sealed class FileHashes(StatCache cache, Func<string, bool> movesChangeTimes)
{
    private readonly ConcurrentDictionary<ulong, bool> _movesChangeTimes = new();
    private readonly ConcurrentDictionary<(string Source, string Path, long Size, long Time, FileIdentity? Identity), Lazy<ContentHash>> _known = new();

    /// <summary>What the stat cache knows; null when the file has to be read.</summary>
    public ContentHash? Find(SyncEntry entry) => cache.Find(entry);

    /// <exception cref="SyncTreeException">The file is gone, cannot be read, or has another length than the walk saw.</exception>
    public ContentHash HashOf(ISyncTree tree, ContextSource source, SyncEntry entry) =>
        _known.GetOrAdd(
            (source.Identity, entry.Path, entry.Size, entry.ModifiedNanoseconds, entry.Identity),
            _ => new Lazy<ContentHash>(() => Hash(tree, source, entry))).Value;

    /// <summary>What was read before is asked for anew.</summary>
    public void Forget() => _known.Clear();

    private ContentHash Hash(ISyncTree tree, ContextSource source, SyncEntry entry)
    {
        var opened = cache.Now;
        var content = Read(tree, entry);
        if (entry.Identity is { } identity && _movesChangeTimes.GetOrAdd(identity.Device, _ => movesChangeTimes(source.PathOf(entry.Path))))
        {
            cache.Add(entry, content, opened);
        }

        return content;
    }

    /// <summary>A disk or a share may fail at any byte.</summary>
    private static ContentHash Read(ISyncTree tree, SyncEntry entry)
    {
        try
        {
            using var stream = tree.OpenRead(entry);
            Span<byte> hash = stackalloc byte[ContentHash.Bytes];
            SHA256.HashData(stream, hash);
            return ContentHash.From(hash);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SyncTreeException($"{entry.Path} cannot be read: {exception.Message}", exception);
        }
    }
}
