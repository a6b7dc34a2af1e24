using System.Collections.Concurrent;
using System.Globalization;
using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>
/// Walks and hashes build contexts. A directory that many images use with the same ignore patterns is read once per run.
/// </summary>
internal sealed class ContextReader
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly FileHashes _hashes = new();
    private readonly ConcurrentDictionary<(string Directory, string? Ignore), Lazy<ContextSnapshot>> _known = new();

    /// <exception cref="SyncTreeException">Something that is not ignored cannot be read.</exception>
    /// <exception cref="FormatException">An ignore pattern is not valid.</exception>
    public ContextSnapshot Read(string directory, string? ignoreText, CancellationToken cancellationToken) =>
        _known.GetOrAdd((directory, ignoreText), key => new Lazy<ContextSnapshot>(() => Walk(key.Directory, key.Ignore, cancellationToken))).Value;

    /// <summary>What was read before is not what is there now.</summary>
    public void Forget()
    {
        _known.Clear();
        _hashes.Forget();
    }

    private ContextSnapshot Walk(string directory, string? ignoreText, CancellationToken cancellationToken)
    {
        var tree = new DirectoryTree(directory);
        var filter = SyncFilter.None with { ExcludePatterns = ignoreText is null ? [] : IgnoreFile.Read(ignoreText) };
        var entries = new FilteredWalk(tree, filter).Entries().ToArray();
        var hashed = new ContextEntry[entries.Length];
        try
        {
            Parallel.For(0, entries.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => hashed[i] = Hash(tree, directory, entries[i]));
        }
        catch (AggregateException exception) when (exception.InnerException is SyncTreeException first)
        {
            throw new SyncTreeException(first.Message, first);
        }

        return new ContextSnapshot(directory, hashed);
    }

    private ContextEntry Hash(DirectoryTree tree, string directory, SyncEntry entry)
    {
        var seconds = entry.ModifiedNanoseconds / NanosecondsPerSecond * NanosecondsPerSecond;
        if (!entry.IsRegular)
        {
            return new ContextEntry(entry with { ModifiedNanoseconds = seconds }, "", entry);
        }

        var hash = _hashes.HashOf(tree, directory, entry);
        return new ContextEntry(entry with { ModifiedNanoseconds = seconds + ContentNanoseconds(hash) }, hash, entry);
    }

    /// <summary>
    /// The daemon takes a file that it has already for the new one when size and time are equal. So the time carries 30 bits of the content
    /// (buildkit-wire 5.4); it is no part of BuildKit's own cache key.
    /// </summary>
    private static long ContentNanoseconds(string hash) =>
        uint.Parse(hash.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) % NanosecondsPerSecond;
}
