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

    private readonly FileHashes _hashes = new(cache);
    private readonly ConcurrentDictionary<string, ListedTree> _trees = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<ContextSnapshot>> _known = new(StringComparer.Ordinal);

    /// <exception cref="SyncTreeException">Something that the build can see cannot be read.</exception>
    /// <exception cref="FormatException">An ignore pattern is not valid.</exception>
    public ContextSnapshot Read(ContextRequest request, CancellationToken cancellationToken) =>
        _known.GetOrAdd(request.Identity, _ => new Lazy<ContextSnapshot>(() => Walk(request, cancellationToken))).Value;

    /// <summary>What was read before is not what is there now.</summary>
    public void Forget()
    {
        _known.Clear();
        _trees.Clear();
        _hashes.Forget();
    }

    private ContextSnapshot Walk(ContextRequest request, CancellationToken cancellationToken)
    {
        if (request.Paths is { Count: 0 })
        {
            return new ContextSnapshot(request, []);
        }

        var tree = _trees.GetOrAdd(request.Source.Identity, _ => new ListedTree(request.Source.Open()));
        var filter = new SyncFilter([], request.IgnoreText is null ? [] : IgnoreFile.Read(request.IgnoreText), request.Paths ?? []);
        var entries = new FilteredWalk(tree, filter).Entries().ToArray();
        var hashed = new ContextEntry[entries.Length];
        try
        {
            Parallel.For(0, entries.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => hashed[i] = Hash(tree, request.Source, entries[i]));
        }
        catch (AggregateException exception) when (exception.InnerException is SyncTreeException first)
        {
            throw new SyncTreeException(first.Message, first);
        }

        return new ContextSnapshot(request, hashed);
    }

    /// <summary>
    /// The daemon takes a file that it has already for the new one when size and time are equal. So the time carries 30 bits of the content
    /// (buildkit-wire 5.4); it is no part of BuildKit's own cache key.
    /// </summary>
    private ContextEntry Hash(ListedTree tree, ContextSource source, SyncEntry entry)
    {
        var seconds = Math.DivRem(entry.ModifiedNanoseconds, NanosecondsPerSecond).Quotient * NanosecondsPerSecond;
        var hash = entry.IsRegular ? _hashes.HashOf(tree, source, entry) : default;
        return new ContextEntry(entry with { ModifiedNanoseconds = seconds + (hash.IsNone ? 0 : hash.Nanoseconds) }, hash, entry);
    }
}
