using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Keys;

namespace Orchestrator.Planning;

/// <summary>
/// The engine's answer to "which of these keys have an image?". A key tag counts only if the image behind it carries the key as its label. The
/// graph-driver store lists images with labels quickly, so the answer is there before the keys are; on the containerd store a listing is slow and
/// parallel questions are not, and those that are likely to be asked are asked before the keys are known. An image that was looked at before is known by its ID there.
/// </summary>
internal sealed class ExistenceProof
{
    private readonly Dictionary<string, TaggedImage> _byKeyTag = new(StringComparer.Ordinal);
    private readonly HashSet<string> _withOlderKeys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<TaggedImage?>> _early = new(StringComparer.Ordinal);
    private readonly ImageGraph _graph;

    private ExistenceProof(ImageGraph graph) => _graph = graph;

    /// <summary>What can be asked before any key is known.</summary>
    /// <param name="likely">Keys that images probably have, and what was seen under them.</param>
    public static async Task<ExistenceProof> BeginAsync(
        DockerEngine engine, bool usesContainerdStore, ResolvedGraph graph, IReadOnlyDictionary<string, LastKey> likely, CancellationToken cancellationToken)
    {
        var proof = new ExistenceProof(graph.Graph);
        if (!usesContainerdStore)
        {
            await proof.ListAsync(engine, cancellationToken).ConfigureAwait(false);
            return proof;
        }

        foreach (var image in graph.Images.Where(image => image.Platforms is null && likely.ContainsKey(image.Name)))
        {
            var (key, known) = likely[image.Name];
            var tag = KeyTag.Reference(graph.Graph, image.Node, key);
            proof._early.Add(tag, FindAsync(engine, tag, key, known, cancellationToken));
        }

        return proof;
    }

    /// <summary>The rest; before it, <see cref="Find"/> may not be asked.</summary>
    public async Task EndAsync(DockerEngine engine, bool usesContainerdStore, IEnumerable<PlannedImage> images, CancellationToken cancellationToken)
    {
        if (usesContainerdStore)
        {
            await Task.WhenAll([.. images.Where(image => image.Key is not null).Select(image => InspectAsync(engine, image, cancellationToken)), .. _early.Values]).ConfigureAwait(false);
        }
    }

    public FoundImage Find(PlannedImage image)
    {
        var repository = KeyTag.Repository(_graph, image.Image.Node);
        if (!_byKeyTag.TryGetValue(KeyTag.Reference(_graph, image.Image.Node, image.Key!.Value), out var found))
        {
            return FoundImage.None(_withOlderKeys.Contains(repository) ? "its inputs changed" : "no image with this key");
        }

        return found.Labels.GetValueOrDefault(KeyTag.Label) == image.Key.Value.Hex
            ? new FoundImage(found.Id, found.Size, [.. found.Names.Select(ImageReference.Parse)], "", null) { BasesDigest = found.Labels.GetValueOrDefault(KeyTag.BasesLabel), BasesContent = found.Labels.GetValueOrDefault(KeyTag.BasesContentLabel) }
            : found.LacksContent ? FoundImage.None("its content was removed from the engine") with { Trouble = Rules.ContentRemoved }
            : FoundImage.None("the image behind its key tag is not ours") with { Trouble = Rules.ForeignImage };
    }

    /// <summary>What to remember of an image that is there; null when it is not, or not ours, or has more than one content.</summary>
    public KnownImage? Known(PlannedImage image) =>
        image is { Key: not null, Image.Platforms: null } && Find(image) is { ImageId: { } id } found ? new KnownImage(id, found.Size, found.BasesDigest, found.BasesContent) : null;

    private async Task InspectAsync(DockerEngine engine, PlannedImage image, CancellationToken cancellationToken)
    {
        var tag = KeyTag.Reference(_graph, image.Image.Node, image.Key!.Value);
        var found = image.Image.Platforms is { } platforms ? FindAsync(engine, tag, platforms, cancellationToken)
            : _early.GetValueOrDefault(tag) ?? FindAsync(engine, tag, image.Key.Value, null, cancellationToken);
        if (await found.ConfigureAwait(false) is { } tagged)
        {
            lock (_byKeyTag)
            {
                _byKeyTag[tag] = tagged;
            }
        }
    }

    private static async Task<TaggedImage?> FindAsync(DockerEngine engine, string tag, CacheKey key, KnownImage? known, CancellationToken cancellationToken)
    {
        if (known is not null && await NamesAsync(engine, tag, cancellationToken).ConfigureAwait(false) is { } named && named.Id == known.Id)
        {
            return new TaggedImage(known.Id, named.RepoTags, known.Labels(key), known.Size);
        }

        return await engine.InspectImageAsync(tag, cancellationToken).ConfigureAwait(false) is { } image
            ? new TaggedImage(image.Id, image.RepoTags, image.Labels, image.Size) { LacksContent = image.Os.Length == 0 } : null;
    }

    /// <summary>Null also where the engine cannot tell, as before 28 of an image that is not unpacked.</summary>
    private static async Task<ImageNames?> NamesAsync(DockerEngine engine, string tag, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.FindNamesAsync(tag, cancellationToken).ConfigureAwait(false);
        }
        catch (DockerApiException)
        {
            return null;
        }
    }

    /// <summary>An image for several platforms is there only with the content of all of them, and says only what they all say.</summary>
    private static async Task<TaggedImage?> FindAsync(DockerEngine engine, string tag, IReadOnlyList<string> platforms, CancellationToken cancellationToken) =>
        await EnginePlatforms.FindAsync(engine, tag, platforms, cancellationToken).ConfigureAwait(false) is var (image, found)
            ? new TaggedImage(image.Id, image.RepoTags, found.Values.Select(details => details.Labels).Aggregate((all, next) => new Dictionary<string, string>(all.Where(next.Contains), StringComparer.Ordinal)), image.Size)
            : null;

    private sealed record TaggedImage(string Id, IReadOnlyList<string> Names, IReadOnlyDictionary<string, string> Labels, long Size)
    {
        /// <summary>The engine knows its name and shows nothing of it: every image says which system it is for.</summary>
        public bool LacksContent { get; init; }
    }

    private async Task ListAsync(DockerEngine engine, CancellationToken cancellationToken)
    {
        // With a filter the engine shows only the names that match it, so names are taken from the listing of everything.
        var rows = await engine.ListImagesAsync([], cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
        {
            foreach (var name in row.RepoTags)
            {
                var colon = name.LastIndexOf(':');
                if (name.StartsWith(KeyTag.Prefix(_graph), StringComparison.Ordinal) && colon > 0)
                {
                    _byKeyTag[name] = new TaggedImage(row.Id, row.RepoTags, row.Labels, row.Size);
                    _withOlderKeys.Add(name[..colon]);
                }
            }
        }
    }
}
