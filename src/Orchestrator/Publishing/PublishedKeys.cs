using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>
/// The key tags of a graph's images in the registry that remembers builds. Those that newer builds superseded may go; what any other tag stands for, or
/// is about, stays, and so does a key tag whose image has another key, or does not say when it was built.
/// </summary>
/// <param name="keep">How many of the newest of each repository stay.</param>
internal sealed class PublishedKeys(Registries registries, int keep, PublishFindings findings)
{
    private const int Parallel = 8;

    /// <summary>Asks which key tags are superseded; changes nothing.</summary>
    public async Task<IReadOnlyList<PublishedKey>> FindSupersededAsync(ResolvedGraph graph, CancellationToken cancellationToken)
    {
        var homes = graph.Images.Select(image => (image.Node, Home: KeyHome.Of(graph.Graph, image.Node))).Where(image => image.Home is not null).DistinctBy(image => image.Home).ToList();
        if (homes.Count == 0 && graph.Images.Count > 0)
        {
            findings.Add(Rules.NoRegistry.At(graph.Images[0].Node.Span, graph.Images[0].Node.DisplayName));
        }

        var found = new IReadOnlyList<PublishedKey>[homes.Count];
        await System.Threading.Tasks.Parallel.ForAsync(0, homes.Count, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken }, async (index, token) =>
        {
            try
            {
                found[index] = await FindSupersededAsync(homes[index].Home!, token).ConfigureAwait(false);
            }
            catch (Exception exception) when (PublishFailure.Explain(exception, homes[index].Node.Span) is { } diagnostic)
            {
                findings.Add(diagnostic);
                found[index] = [];
            }
        }).ConfigureAwait(false);
        return [.. found.SelectMany(keys => keys)];
    }

    /// <returns>Whether it is gone; false when another tag came to stand for its image meanwhile, in a registry that can only delete an image with all its tags.</returns>
    /// <exception cref="PublishRefusedException">The registry deletes nothing.</exception>
    public async Task<bool> RemoveAsync(PublishedKey key, SourceSpan span, CancellationToken cancellationToken)
    {
        var client = registries.At(key.Reference);
        try
        {
            if (await client.DeleteTagAsync(key.Reference.Repository, key.Reference.Tag!, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            var tags = await client.ListTagsAsync(key.Reference.Repository, cancellationToken).ConfigureAwait(false);
            var held = await HeldAsync(key.Reference, tags.Where(tag => tag != key.Reference.Tag), cancellationToken).ConfigureAwait(false);
            return !held.Contains(key.Digest) && await client.DeleteManifestAsync(key.Reference.Repository, key.Digest, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryApiException exception) when (exception.StatusCode is System.Net.HttpStatusCode.MethodNotAllowed or System.Net.HttpStatusCode.NotImplemented || exception.Codes.Contains("UNSUPPORTED"))
        {
            throw new PublishRefusedException(Rules.NothingDeleted.At(span, key.Reference.Registry, exception.Message));
        }
    }

    private async Task<IReadOnlyList<PublishedKey>> FindSupersededAsync(ImageReference home, CancellationToken cancellationToken)
    {
        var tags = await registries.At(home).ListTagsAsync(home.Repository, cancellationToken).ConfigureAwait(false);
        var ours = new List<PublishedKey>();
        foreach (var tag in tags.Where(tag => KeyTag.KeyOf(tag) is not null))
        {
            if (await ReadAsync(home with { Tag = tag }, cancellationToken).ConfigureAwait(false) is { } key)
            {
                ours.Add(key);
            }
        }

        var superseded = ours.OrderByDescending(key => key.Created).ThenBy(key => key.Reference.Tag, StringComparer.Ordinal).Skip(keep).ToList();
        if (superseded.Count == 0)
        {
            return [];
        }

        var held = await HeldAsync(home, tags.Except(superseded.Select(key => key.Reference.Tag!)), cancellationToken).ConfigureAwait(false);
        return [.. superseded.Where(key => !held.Contains(key.Digest))];
    }

    /// <returns>Null when it is not there any more, or is not to be touched.</returns>
    private async Task<PublishedKey?> ReadAsync(ImageReference tag, CancellationToken cancellationToken) =>
        await registries.FindAsync(tag, cancellationToken).ConfigureAwait(false) is { } image && image.Key is not null && image.Key == KeyTag.KeyOf(tag.Tag!)
        && await ImageLabels.ReadCreatedAsync(registries.At(tag), tag.Repository, image.Manifest, cancellationToken).ConfigureAwait(false) is { } created
            ? new PublishedKey(tag, image.Digest, created)
            : null;

    /// <summary>What tags stand for, with all that lies in it, and what that is about: the image of a signature, also of one that only its tag ties to it.</summary>
    private async Task<HashSet<Digest>> HeldAsync(ImageReference repository, IEnumerable<string> tags, CancellationToken cancellationToken)
    {
        var held = new HashSet<Digest>();
        foreach (var tag in tags)
        {
            if (await registries.At(repository).FindManifestAsync(repository.Repository, tag, cancellationToken).ConfigureAwait(false) is { } manifest)
            {
                await HoldAsync(repository, manifest, held, cancellationToken).ConfigureAwait(false);
            }

            // sha256-<hex>, sha256-<hex>.sig: where registries keep no list of what is about what.
            if (Digest.TryParse(tag.Split('.')[0].Replace('-', ':'), out var subject))
            {
                held.Add(subject);
            }
        }

        return held;
    }

    private async Task HoldAsync(ImageReference repository, Manifest manifest, HashSet<Digest> held, CancellationToken cancellationToken)
    {
        held.Add(manifest.Digest);
        if (manifest.Subject is { } subject)
        {
            held.Add(subject.Digest);
        }

        foreach (var child in manifest.Manifests.Where(child => held.Add(child.Digest)))
        {
            if (await registries.At(repository).FindManifestAsync(repository.Repository, child.Digest.ToString(), cancellationToken).ConfigureAwait(false) is { } found)
            {
                await HoldAsync(repository, found, held, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
