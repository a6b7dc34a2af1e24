using System.Collections.Concurrent;
using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>
/// Walks and hashes what builds can see of their contexts, with the filter that the session uses. A directory that many images use is listed once
/// per run, a file is hashed once, and equal requests have one answer.
/// </summary>
internal sealed class ContextReader(StatCache cache)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly FileHashes _hashes = new(cache, LocalFileSystem.MovesChangeTimes);
    private volatile Reading _reading = new();

    /// <exception cref="SyncTreeException">Something that the build can see cannot be read.</exception>
    /// <exception cref="FormatException">An ignore pattern is not valid.</exception>
    public ContextSnapshot Read(ContextRequest request, CancellationToken cancellationToken)
    {
        var reading = _reading;
        return reading.Known.GetOrAdd(request.Identity, _ => new Lazy<ContextSnapshot>(() => Walk(reading, request, cancellationToken))).Value;
    }

    /// <summary>What was read before is not what is there now. Whoever is reading meanwhile leaves nothing of it behind.</summary>
    public void Forget()
    {
        _hashes.Forget();
        _reading = new Reading();
    }

    private ContextSnapshot Walk(Reading reading, ContextRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsUsed)
        {
            return new ContextSnapshot(request, []);
        }

        var tree = reading.Trees.GetOrAdd(request.Source.Identity, _ => new ListedTree(request.Source.Open()));
        var filter = new SyncFilter([], request.IgnoreText is null ? [] : IgnoreFile.Read(request.IgnoreText), request.Paths ?? []);
        var entries = new FilteredWalk(tree, filter).Entries().ToArray();
        var hashed = new ContextEntry[entries.Length];
        var unknown = new List<int>();
        for (var i = 0; i < entries.Length; i++)
        {
            if (!entries[i].IsRegular)
            {
                hashed[i] = Entry(entries[i], default);
            }
            else if (_hashes.Find(entries[i]) is { } hash)
            {
                hashed[i] = Entry(entries[i], hash);
            }
            else
            {
                unknown.Add(i);
            }
        }

        ReadFiles(unknown, i => hashed[i] = Entry(entries[i], _hashes.HashOf(tree, request.Source, entries[i])), cancellationToken);
        return new ContextSnapshot(request, hashed);
    }

    /// <summary>Many workers only where there are files to read: otherwise finding work for them would be most of the work.</summary>
    private static void ReadFiles(List<int> files, Action<int> read, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            return;
        }

        try
        {
            Parallel.ForEach(files, new ParallelOptions { CancellationToken = cancellationToken }, read);
        }
        catch (AggregateException exception) when (exception.InnerException is SyncTreeException first)
        {
            throw new SyncTreeException(first.Message, first);
        }
    }

    /// <summary>
    /// The daemon takes a file that it has already for the new one when size and time are equal. So the time carries 30 bits of the content
    /// (buildkit-wire 5.4); it is no part of BuildKit's own cache key.
    /// </summary>
    private static ContextEntry Entry(SyncEntry entry, ContentHash hash)
    {
        var seconds = Math.DivRem(entry.ModifiedNanoseconds, NanosecondsPerSecond).Quotient * NanosecondsPerSecond;
        return new ContextEntry(entry with { ModifiedNanoseconds = seconds + (hash.IsNone ? 0 : hash.Nanoseconds) }, hash, entry);
    }

    /// <summary>What was seen of directories from one moment on.</summary>
    private sealed class Reading
    {
        public ConcurrentDictionary<string, ListedTree> Trees { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, Lazy<ContextSnapshot>> Known { get; } = new(StringComparer.Ordinal);
    }
}
