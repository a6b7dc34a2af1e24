using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Registry;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>
/// Proves that a release is in its registries as its manifest says: every digest with all that it names, the key of every image, every tag that names a
/// version or a commit. Moving tags may have moved on.
/// </summary>
internal sealed class ReleaseCheck(Registries registries, PublishOptions options, PublishFindings findings, SourceSpan span)
{
    /// <param name="prefix">Looks in another place than the manifest says, as a promotion does; null for the place in the manifest.</param>
    /// <returns>How many images were looked at.</returns>
    public async Task<int> RunAsync(ReleaseManifest release, string? prefix, CancellationToken cancellationToken)
    {
        var places = release.Images.SelectMany(image => image.Repositories.Select(repository => (Image: image, Repository: repository))).ToList();
        await Parallel.ForEachAsync(places, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken }, async (place, token) =>
        {
            try
            {
                if (PromotionRequest.Target(place.Repository.Reference, release.Registry, prefix) is { } target)
                {
                    await CheckAsync(place.Image, place.Repository, target, token).ConfigureAwait(false);
                }
                else
                {
                    findings.Add(Rules.PromotionReference.At(span, place.Repository.Name, $"to '{prefix}'", "a registry would refuse the repository"));
                }
            }
            catch (Exception exception) when (PublishFailure.Explain(exception, span) is { } diagnostic)
            {
                findings.Add(diagnostic);
            }
        }).ConfigureAwait(false);
        return release.Images.Count;
    }

    private async Task CheckAsync(ReleasedImage image, ReleasedRepository repository, ImageReference place, CancellationToken cancellationToken)
    {
        var reference = place with { Digest = image.Digest };
        if (await registries.FindAsync(reference, cancellationToken).ConfigureAwait(false) is not { } there)
        {
            Differs($"'{reference.Familiar}' is not there");
            return;
        }

        // What is lost is told with the content.
        if (there.Lost is null && there.Key != image.Key)
        {
            Differs($"'{reference.Familiar}' has {PublishFailure.Shown(there.Key)} and not {PublishFailure.Shown(image.Key)}");
        }

        await CheckContentAsync(place, there.Manifest, cancellationToken).ConfigureAwait(false);
        foreach (var tag in repository.Tags.Where(tag => tag.Class != TagClass.Moving))
        {
            var name = place with { Tag = tag.Tag };
            var now = await registries.ResolveAsync(name, cancellationToken).ConfigureAwait(false);
            if (now?.ToString() != image.Digest)
            {
                Differs($"'{name.FamiliarWithTag}' is {now?.ToString() ?? "not there"} instead of {image.Digest}");
            }
        }
    }

    private async Task CheckContentAsync(ImageReference place, Manifest manifest, CancellationToken cancellationToken)
    {
        var client = registries.At(place);
        foreach (var blob in manifest.Layers.Append(manifest.Config).OfType<Descriptor>().Where(blob => !blob.IsForeign))
        {
            if (!await client.HasBlobAsync(place.Repository, blob.Digest, cancellationToken).ConfigureAwait(false))
            {
                Differs($"the content {blob.Digest} is missing in '{place.Familiar}'");
            }
        }

        foreach (var child in manifest.Manifests)
        {
            if (await client.FindManifestAsync(place.Repository, child.Digest.ToString(), cancellationToken).ConfigureAwait(false) is { } found)
            {
                await CheckContentAsync(place, found, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                Differs($"'{(place with { Digest = child.Digest.ToString() }).Familiar}', which its index names, is not there");
            }
        }
    }

    private void Differs(string how) => findings.Add(Rules.ReleaseDiffers.At(span, how));
}
