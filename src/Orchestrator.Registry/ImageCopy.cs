using System.Collections.Concurrent;

namespace Orchestrator.Registry;

/// <summary>
/// Copies an image or a whole index with everything in it, by digest, inside a registry or between two; attestations lie in the index and go
/// with it, and what is about a copied manifest (referrers) follows. Inside a registry blobs are mounted; between two they are streamed. Nothing
/// gets a tag here: what is there has no name until all of it is there.
/// </summary>
public sealed class ImageCopy(RegistryClient source, string sourceRepository, RegistryClient target, string targetRepository, Action<CopyProgress>? report = null)
{
    private const int Parallel = 4;

    private readonly ConcurrentDictionary<Digest, Lazy<Task>> _blobs = new();
    private readonly HashSet<Digest> _followed = [];

    private bool IsSameRegistry => ReferenceEquals(source, target) || source.Host == target.Host;

    /// <returns>The manifest that is now in the target under its digest.</returns>
    /// <exception cref="RegistryContentException">The source has no such manifest, or gives something else.</exception>
    public async Task<Manifest> CopyAsync(Digest digest, CancellationToken cancellationToken)
    {
        var manifest = await source.FindManifestAsync(sourceRepository, digest.ToString(), cancellationToken)
            ?? throw new RegistryContentException($"The registry {source.Host} has no {sourceRepository}@{digest}.");
        if (!IsSameRegistry || sourceRepository != targetRepository)
        {
            target.WillWrite(targetRepository);
            await CopyManifestAsync(manifest, cancellationToken);
        }

        return manifest;
    }

    private async Task CopyManifestAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        foreach (var child in manifest.Manifests)
        {
            await CopyManifestAsync(await ChildAsync(child, cancellationToken), cancellationToken);
        }

        // A manifest that is there has its blobs: registries refuse one without.
        if (!await target.KnowsManifestAsync(targetRepository, manifest.Digest, cancellationToken))
        {
            var blobs = manifest.Layers.Where(layer => !layer.IsForeign).Append(manifest.Config).OfType<Descriptor>().DistinctBy(blob => blob.Digest);
            await System.Threading.Tasks.Parallel.ForEachAsync(
                blobs, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken }, async (blob, token) => await CopyBlobOnceAsync(blob, token));
            var isIndexed = await target.PutManifestAsync(targetRepository, manifest.Digest.ToString(), manifest, cancellationToken);
            if (manifest.Subject is not null && !isIndexed)
            {
                await target.AddReferrerAsync(targetRepository, manifest, cancellationToken);
            }
        }
        else if (manifest.Subject is { } subject && (await target.ListReferrersAsync(targetRepository, subject.Digest, cancellationToken)).All(known => known.Digest != manifest.Digest))
        {
            // A copy may have broken off between the two.
            await target.AddReferrerAsync(targetRepository, manifest, cancellationToken);
        }

        report?.Invoke(new CopyProgress(manifest.Descriptor, 0, IsDone: true));
        await CopyReferrersAsync(manifest.Digest, cancellationToken);
    }

    private async Task CopyReferrersAsync(Digest digest, CancellationToken cancellationToken)
    {
        if (!_followed.Add(digest))
        {
            return;
        }

        foreach (var referrer in await source.ListReferrersAsync(sourceRepository, digest, cancellationToken))
        {
            await CopyManifestAsync(await ChildAsync(referrer, cancellationToken), cancellationToken);
        }
    }

    private async Task<Manifest> ChildAsync(Descriptor child, CancellationToken cancellationToken) =>
        await source.FindManifestAsync(sourceRepository, child.Digest.ToString(), cancellationToken)
        ?? throw new RegistryContentException($"The registry {source.Host} has no {sourceRepository}@{child.Digest}, which an index there names.");

    private Task CopyBlobOnceAsync(Descriptor blob, CancellationToken cancellationToken) =>
        _blobs.GetOrAdd(blob.Digest, _ => new Lazy<Task>(() => CopyBlobAsync(blob, cancellationToken))).Value;

    private async Task CopyBlobAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        var isThere = IsSameRegistry
            && (await target.KnowsBlobAsync(targetRepository, blob.Digest, cancellationToken)
                || await target.MountBlobAsync(targetRepository, blob.Digest, sourceRepository, cancellationToken));
        if (!isThere)
        {
            await target.UploadBlobAsync(
                targetRepository, blob, (from, token) => source.OpenBlobAsync(sourceRepository, blob, from, token),
                count => report?.Invoke(new CopyProgress(blob, count, IsDone: false)), cancellationToken);
        }

        report?.Invoke(new CopyProgress(blob, 0, IsDone: true));
    }
}
