using Orchestrator.Keys;
using Orchestrator.Planning;

namespace Orchestrator.Publishing;

/// <summary>
/// Compares what published images were built on with the bases that are published beside them. Two builds of one key need not be the same, and what a registry has of
/// an image may be older than what it has of its base.
/// </summary>
internal sealed class PublishedBases(RegistryMemory memory, PublishOptions options)
{
    /// <returns>The names of the images that were certainly built on another build of a base. What cannot be told is not among them.</returns>
    public async Task<IReadOnlySet<string>> FindOthersAsync(IReadOnlyList<PublishedImage> images, CancellationToken cancellationToken)
    {
        var read = new RememberedImage?[images.Count];
        await Parallel.ForAsync(0, images.Count, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken }, async (index, token) =>
            read[index] = await memory.ReadAsync(images[index], token).ConfigureAwait(false)).ConfigureAwait(false);

        var known = read.OfType<RememberedImage>().ToDictionary(image => image.Name, StringComparer.Ordinal);
        return images.Select(image => image.Image.Planned.Image)
            .Where(image => image.Bases.Count > 0 && known.TryGetValue(image.Name, out var own) && own.BasesContent is { } content && image.Bases.All(known.ContainsKey)
                && content != KeyTag.BasesDigest(image.Bases.Select(name => new NamedText(name, known[name].Identity))))
            .Select(image => image.Name)
            .ToHashSet(StringComparer.Ordinal);
    }
}
