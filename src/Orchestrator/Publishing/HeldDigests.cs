using System.Collections.Concurrent;
using Orchestrator.Graph;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>
/// What the tags of a repository hold. What a digest stands for never changes and is read once; what a tag stands for does, and is asked for anew, of all tags at
/// once: after some removals, so that no answer is older than it would be if the tags were read one after the other before each removal.
/// </summary>
internal sealed class HeldDigests(Registries registries, ImageReference repository)
{
    private const int Parallel = 8;

    /// <summary>A removal takes about two requests of a registry: as many as this part of the tags cost less time than reading every tag in turn.</summary>
    private const int TagsForOneUse = 4;

    private readonly ConcurrentDictionary<Digest, IReadOnlyCollection<Digest>> _contents = new();
    private readonly ConcurrentDictionary<string, Digest?> _tags = new(StringComparer.Ordinal);
    private int _uses;

    /// <summary>Everything that some of the tags hold, as they are now.</summary>
    public async Task<HashSet<Digest>> OfAsync(IReadOnlyCollection<string> tags, CancellationToken cancellationToken)
    {
        await ReadAsync(tags, cancellationToken).ConfigureAwait(false);
        return [.. tags.SelectMany(Of)];
    }

    /// <summary>Whether one of these tags, which are all but one, holds a digest that is about to be removed.</summary>
    public async Task<bool> HoldAsync(IReadOnlyCollection<string> tags, Digest digest, CancellationToken cancellationToken)
    {
        if (_uses == 0)
        {
            _tags.Clear();
            _uses = Math.Max(1, tags.Count / TagsForOneUse);
        }

        _uses--;
        await ReadAsync([.. tags.Where(tag => !_tags.ContainsKey(tag))], cancellationToken).ConfigureAwait(false);
        return tags.Any(tag => Of(tag).Contains(digest));
    }

    private Task ReadAsync(IReadOnlyCollection<string> tags, CancellationToken cancellationToken) =>
        System.Threading.Tasks.Parallel.ForEachAsync(tags, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken }, async (tag, token) =>
        {
            var digest = await registries.ResolveAsync(repository with { Tag = tag }, token).ConfigureAwait(false);
            _tags[tag] = digest;
            if (digest is { } stands && !_contents.ContainsKey(stands) && await FindAsync(stands, token).ConfigureAwait(false) is { } manifest)
            {
                var content = new HashSet<Digest>();
                await AddAsync(manifest, content, token).ConfigureAwait(false);
                _contents[stands] = content;
            }
        });

    /// <summary>What a tag stands for, with all that lies in it, and what that is about: the image of a signature, also of one that only its tag ties to it.</summary>
    private IEnumerable<Digest> Of(string tag)
    {
        // sha256-<hex>, sha256-<hex>.sig: where registries keep no list of what is about what.
        var subject = Digest.TryParse(tag.Split('.')[0].Replace('-', ':'), out var named) ? [named] : (IEnumerable<Digest>)[];
        return _tags.GetValueOrDefault(tag) is { } digest ? subject.Append(digest).Concat(_contents.GetValueOrDefault(digest) ?? []) : subject;
    }

    private Task<Manifest?> FindAsync(Digest digest, CancellationToken cancellationToken) =>
        registries.At(repository).FindManifestAsync(repository.Repository, digest.ToString(), cancellationToken);

    private async Task AddAsync(Manifest manifest, HashSet<Digest> content, CancellationToken cancellationToken)
    {
        if (manifest.Subject is { } subject)
        {
            content.Add(subject.Digest);
        }

        foreach (var child in manifest.Manifests.Where(child => content.Add(child.Digest)))
        {
            if (await FindAsync(child.Digest, cancellationToken).ConfigureAwait(false) is { } found)
            {
                await AddAsync(found, content, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
