using System.Collections.Concurrent;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>
/// The key tags of a graph's images in the registry that remembers builds. Those that newer builds superseded may go; what any other tag stands for, or
/// is about, stays, and so does a key tag whose image has another key, or does not say when it was built, or not which image it is where a repository has several.
/// </summary>
/// <param name="keep">How many of the newest of each image stay.</param>
internal sealed class PublishedKeys(Registries registries, int keep, PublishFindings findings)
{
    private const int Parallel = 8;

    private readonly ConcurrentDictionary<ImageReference, HeldDigests> _held = new();

    /// <summary>Asks which key tags are superseded; changes nothing.</summary>
    public async Task<IReadOnlyList<PublishedKey>> FindSupersededAsync(ResolvedGraph graph, CancellationToken cancellationToken)
    {
        var homes = graph.Images.Select(image => (image.Node, Home: KeyHome.Of(graph.Graph, image.Node))).Where(image => image.Home is not null).GroupBy(image => image.Home!, image => image.Node).ToList();
        if (homes.Count == 0 && graph.Images.Count > 0)
        {
            findings.Add(Rules.NoRegistry.At(graph.Images[0].Node.Span, graph.Images[0].Node.DisplayName));
        }

        var found = new IReadOnlyList<PublishedKey>[homes.Count];
        await System.Threading.Tasks.Parallel.ForAsync(0, homes.Count, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken }, async (index, token) =>
        {
            try
            {
                found[index] = await FindSupersededAsync(homes[index].Key, [.. homes[index]], token).ConfigureAwait(false);
            }
            catch (Exception exception) when (PublishFailure.Explain(exception, homes[index].First().Span) is { } diagnostic)
            {
                findings.Add(diagnostic);
                found[index] = [];
            }
        }).ConfigureAwait(false);
        return [.. found.SelectMany(keys => keys)];
    }

    /// <returns>
    /// Whether it is gone; false when it came to stand for another image meanwhile, or another tag for its image, in a registry that can only delete an image with all
    /// its tags.
    /// </returns>
    /// <exception cref="PublishRefusedException">The registry deletes nothing.</exception>
    public async Task<bool> RemoveAsync(PublishedKey key, SourceSpan span, CancellationToken cancellationToken)
    {
        if (await registries.ResolveAsync(key.Reference, cancellationToken).ConfigureAwait(false) is var now && now != key.Digest)
        {
            return now is null;
        }

        var client = registries.At(key.Reference);
        try
        {
            if (await client.DeleteTagAsync(key.Reference.Repository, key.Reference.Tag!, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            var tags = await client.ListTagsAsync(key.Reference.Repository, cancellationToken).ConfigureAwait(false);
            return !await HeldIn(key.Reference).HoldAsync([.. tags.Where(tag => tag != key.Reference.Tag)], key.Digest, cancellationToken).ConfigureAwait(false)
                && await client.DeleteManifestAsync(key.Reference.Repository, key.Digest, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryApiException exception) when (exception.StatusCode is System.Net.HttpStatusCode.MethodNotAllowed or System.Net.HttpStatusCode.NotImplemented || exception.Codes.Contains("UNSUPPORTED"))
        {
            throw new PublishRefusedException(Rules.NothingDeleted.At(span, key.Reference.Registry, exception.Message));
        }
    }

    /// <param name="home">Whose tags.</param>
    /// <param name="nodes">The images of the graph that have their key tags there.</param>
    private async Task<IReadOnlyList<PublishedKey>> FindSupersededAsync(ImageReference home, IReadOnlyList<ImageNode> nodes, CancellationToken cancellationToken)
    {
        var tags = await registries.At(home).ListTagsAsync(home.Repository, cancellationToken).ConfigureAwait(false);
        var ours = new List<PublishedKey>();
        foreach (var tag in tags.Where(tag => KeyTag.KeyOf(tag) is not null))
        {
            if (await ReadAsync(home with { Tag = tag }, cancellationToken).ConfigureAwait(false) is { } key)
            {
                ours.Add(key with { Build = key.Build with { Image = key.Build.Image ?? (nodes.Count == 1 ? nodes[0].Name : null) } });
            }
        }

        var superseded = ours.Where(key => key.Build.Image is not null).GroupBy(key => key.Build.Image)
            .SelectMany(image => image.OrderByDescending(key => key.Build.Created).ThenBy(key => key.Reference.Tag, StringComparer.Ordinal).Skip(keep)).ToList();
        if (superseded.Count == 0)
        {
            return [];
        }

        var held = await HeldIn(home).OfAsync([.. tags.Except(superseded.Select(key => key.Reference.Tag!))], cancellationToken).ConfigureAwait(false);
        return [.. superseded.Where(key => !held.Contains(key.Digest))];
    }

    private HeldDigests HeldIn(ImageReference repository) => _held.GetOrAdd(repository with { Tag = null }, home => new HeldDigests(registries, home));

    /// <returns>Null when it is not there any more, or is not to be touched.</returns>
    private async Task<PublishedKey?> ReadAsync(ImageReference tag, CancellationToken cancellationToken) =>
        await registries.FindAsync(tag, cancellationToken).ConfigureAwait(false) is { } image && image.Key is not null && image.Key == KeyTag.KeyOf(tag.Tag!)
        && await ImageLabels.ReadBuildAsync(registries.At(tag), tag.Repository, image.Manifest, cancellationToken).ConfigureAwait(false) is { } build
            ? new PublishedKey(tag, image.Digest, build)
            : null;
}
