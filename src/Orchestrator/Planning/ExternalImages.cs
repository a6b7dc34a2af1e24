using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Locking;

namespace Orchestrator.Planning;

/// <summary>Looks external images up on the engine, and pulls those that are missing when asked to.</summary>
/// <param name="locked">What references stand for; a reference that it says nothing about stands for what the engine has under it.</param>
/// <param name="platform">Of the engine.</param>
internal sealed class ExternalImages(DockerEngine engine, CredentialStore credentials, LockFile locked, string platform)
{
    /// <param name="sources">The images; each is asked for once.</param>
    /// <param name="pullMissing">Whether to pull an image that the engine does not have.</param>
    /// <param name="pullAlways">Images that are pulled even when they are here (<c>--pull</c>).</param>
    /// <param name="reporter">Told of each pull.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyDictionary<ImageReference, ExternalImage>> FindAsync(
        IReadOnlyCollection<ImageReference> sources, Func<ImageReference, bool> pullMissing, IReadOnlySet<ImageReference> pullAlways, IPullReporter reporter, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(sources.Distinct().Select(source => OneAsync(source, pullMissing(source), pullAlways.Contains(source), reporter, cancellationToken))).ConfigureAwait(false);
        return found.ToDictionary(image => image.Source);
    }

    private async Task<ExternalImage> OneAsync(ImageReference source, bool pullMissing, bool pullAlways, IPullReporter reporter, CancellationToken cancellationToken)
    {
        var pin = locked.Find(source, platform);
        // By its digest it cannot have moved, and by its content it is not in any registry: there is nothing to ask for again.
        pullAlways &= pin is null;
        var wanted = pin is { IsContent: false } ? new ImageReference(source.Registry, source.Repository, null, pin.Digest) : source;
        var here = await engine.InspectImageAsync(wanted.ToString(), cancellationToken).ConfigureAwait(false);
        if ((here is not null || !pullMissing) && !pullAlways)
        {
            return here is not null ? Known(source, here, pin) : Unseen(source, pin is { IsContent: false } ? pin.Digest : null);
        }

        reporter.Pulling(source);
        try
        {
            await engine.PullImageAsync(wanted.ToString(), await credentials.FindAsync(source.Registry, cancellationToken).ConfigureAwait(false), new PulledLayers(source, reporter).Take, cancellationToken).ConfigureAwait(false);
            here = await engine.InspectImageAsync(wanted.ToString(), cancellationToken).ConfigureAwait(false);
            return here is null ? new ExternalImage(source, null, "the engine pulled it and does not have it.") : Known(source, here, pin);
        }
        catch (DockerApiException exception)
        {
            return new ExternalImage(source, null, exception.EngineMessage.TrimEnd('.') + ".");
        }
        catch (DockerConfigurationException exception)
        {
            return new ExternalImage(source, null, exception.Message);
        }
        finally
        {
            reporter.PullEnded(source);
        }
    }

    private static ExternalImage Unseen(ImageReference source, string? digest) => new(source, digest) { RegistryDigest = digest, IsHere = false };

    private static ExternalImage Known(ImageReference source, ImageDetails image, Pin? pin) => new(source, pin is { IsContent: false } ? pin.Digest : ContentIdentity.Of(image))
    {
        Mismatch = pin is { IsContent: true } && Pin.Content(ContentIdentity.Of(image)) is var found && found != pin.Digest ? (found, pin.Digest) : null,
        ImageId = image.Id,
        RegistryDigest = pin is { IsContent: false } ? pin.Digest : image.RepoDigests.Select(name => ImageReference.TryParse(name, out var pulled) ? pulled : null).FirstOrDefault(pulled => pulled?.Registry == source.Registry && pulled.Repository == source.Repository)?.Digest,
        Triggers = image.OnBuild,
        // The last one wins where a name stands twice, as in a process.
        Environment = image.Env.Select(variable => variable.Split('=', 2)).GroupBy(parts => parts[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last() is [_, var value] ? value : "", StringComparer.Ordinal),
    };
}
