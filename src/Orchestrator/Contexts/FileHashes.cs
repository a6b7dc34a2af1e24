using System.Collections.Concurrent;
using System.Security.Cryptography;
using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>
/// SHA-256 of the files of a run. A file that many images use is read once: the same path with the same size and time is the same
/// question, asked within one run; nothing is remembered beyond it.
/// </summary>
internal sealed class FileHashes
{
    private readonly ConcurrentDictionary<(string Path, long Size, long Time), Lazy<string>> _known = new();

    /// <summary>The hash in lower-case hex.</summary>
    /// <exception cref="SyncTreeException">The file is gone, cannot be read, or has another length than the walk saw.</exception>
    public string HashOf(ISyncTree tree, string directory, SyncEntry entry) =>
        _known.GetOrAdd(
            (Path.Join(directory, entry.Path), entry.Size, entry.ModifiedNanoseconds),
            _ => new Lazy<string>(() => Hash(tree, entry))).Value;

    /// <summary>What was read before is asked for anew.</summary>
    public void Forget() => _known.Clear();

    private static string Hash(ISyncTree tree, SyncEntry entry)
    {
        using var stream = tree.OpenRead(entry);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
