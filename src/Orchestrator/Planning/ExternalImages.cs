using Orchestrator.Docker;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>Looks external images up on the engine, and pulls those that are missing when asked to.</summary>
internal sealed class ExternalImages(DockerEngine engine, CredentialStore credentials)
{
    /// <param name="sources">The images; each is asked for once.</param>
    /// <param name="pullMissing">Whether to pull what the engine does not have.</param>
    /// <param name="pullAlways">Images that are pulled even when they are here (<c>--pull</c>).</param>
    /// <param name="pulling">Told before each pull.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyDictionary<ImageReference, ExternalImage>> FindAsync(
        IReadOnlyCollection<ImageReference> sources, bool pullMissing, IReadOnlySet<ImageReference> pullAlways, Action<ImageReference> pulling, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(sources.Distinct().Select(source => OneAsync(source, pullMissing, pullAlways.Contains(source), pulling, cancellationToken))).ConfigureAwait(false);
        return found.ToDictionary(image => image.Source);
    }

    private async Task<ExternalImage> OneAsync(ImageReference source, bool pullMissing, bool pullAlways, Action<ImageReference> pulling, CancellationToken cancellationToken)
    {
        var here = await engine.InspectImageAsync(source.ToString(), cancellationToken).ConfigureAwait(false);
        if ((here is not null || !pullMissing) && !pullAlways)
        {
            return here is null ? new ExternalImage(source, null) : Known(source, here);
        }

        pulling(source);
        try
        {
            await engine.PullImageAsync(source.ToString(), await credentials.FindAsync(source.Registry, cancellationToken).ConfigureAwait(false), null, cancellationToken).ConfigureAwait(false);
            here = await engine.InspectImageAsync(source.ToString(), cancellationToken).ConfigureAwait(false);
            return here is null ? new ExternalImage(source, null, "the engine pulled it and does not have it.") : Known(source, here);
        }
        catch (DockerApiException exception)
        {
            return new ExternalImage(source, null, exception.EngineMessage.TrimEnd('.') + ".");
        }
        catch (DockerConfigurationException exception)
        {
            return new ExternalImage(source, null, exception.Message);
        }
    }

    private static ExternalImage Known(ImageReference source, ImageDetails image) => new(source, ContentIdentity.Of(image))
    {
        ImageId = image.Id,
        RegistryDigest = image.RepoDigests.Select(name => ImageReference.TryParse(name, out var pulled) ? pulled : null).FirstOrDefault(pulled => pulled?.Registry == source.Registry && pulled.Repository == source.Repository)?.Digest,
        Triggers = image.OnBuild,
        // The last one wins where a name stands twice, as in a process.
        Environment = image.Env.Select(variable => variable.Split('=', 2)).GroupBy(parts => parts[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last() is [_, var value] ? value : "", StringComparer.Ordinal),
    };
}
