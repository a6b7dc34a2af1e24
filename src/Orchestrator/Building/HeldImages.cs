using System.Collections.Concurrent;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// Holds the external images of a run still: a tag may move between planning and building, an image ID cannot. Each image that is built from gets a
/// name of its own for the time of the run, by its ID, and only that name is built from. One that was planned with from afar, because nothing seemed to need
/// it here, is pulled by the digest that it was planned with.
/// </summary>
internal sealed class ExternalPins(DockerEngine engine, EnginePull pull, ImageGraph graph)
{
    private const int Failed = 500;

    private readonly ConcurrentDictionary<string, Lazy<Task>> _pinned = new(StringComparer.Ordinal);

    /// <param name="image">What was planned with.</param>
    /// <param name="use">How it is taken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DockerApiException">The image is gone, or cannot be had as it was planned with.</exception>
    /// <exception cref="DockerConfigurationException">The login for its registry cannot be found out.</exception>
    public Task PinAsync(ExternalImage image, ExternalUse use, CancellationToken cancellationToken)
    {
        var reference = KeyTag.External(graph, image.HeldFor(use)!);
        return _pinned.GetOrAdd(reference, _ => new Lazy<Task>(() => HoldAsync(image, reference, cancellationToken))).Value;
    }

    private async Task HoldAsync(ExternalImage image, string reference, CancellationToken cancellationToken)
    {
        var colon = reference.LastIndexOf(':');
        var id = image.IsHere ? image.ImageId : await FetchAsync(image, cancellationToken).ConfigureAwait(false);
        await engine.TagImageAsync(id, reference[..colon], reference[(colon + 1)..], cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The engine's ID of the very image whose identity is in the keys.</returns>
    private async Task<string> FetchAsync(ExternalImage image, CancellationToken cancellationToken)
    {
        var wanted = new ImageReference(image.Source.Registry, image.Source.Repository, null, image.RegistryDigest);
        var isLocked = image.Identity == image.RegistryDigest;
        IEnumerable<string?> platforms = image.Others.Keys;
        ImageDetails? here = null;
        foreach (var platform in image.IsForEngine ? platforms.Append(null) : platforms)
        {
            here = await pull.RunAsync(wanted, image.Source, platform, cancellationToken).ConfigureAwait(false);
        }

        return here is not null && (isLocked || ContentIdentity.Of(here) == image.Identity)
            ? here.Id
            : throw new DockerApiException(Failed, $"'{wanted.Familiar}' is not the image that its registry showed.");
    }

    /// <summary>Takes the names away again; tidying up never fails a run.</summary>
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        foreach (var reference in _pinned.Keys)
        {
            try
            {
                await engine.RemoveImageAsync(reference, force: false, noPrune: true, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is DockerApiException or DockerUnreachableException)
            {
            }
        }
    }
}
