using System.Collections.Concurrent;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// Holds still what a run builds from: a tag may move between planning and building, an image ID cannot. Each image that is built from gets a
/// name of its own for the time of the run, by its ID, and only that name is built from. An external one that was planned with from afar, because nothing seemed
/// to need it here, is pulled by the digest that it was planned with.
/// </summary>
/// <remarks>
/// Bases of the graph are held for one more reason: the builder shares what two runs do at the same time by the names in it. Under its key tag, the older of two
/// builds of a base went into what was then said to be built on the newer.
/// </remarks>
internal sealed class HeldImages(DockerEngine engine, EnginePull pull, HeldNames names)
{
    /// <summary>The status of an image that is another one than was planned with: trying again does not change it.</summary>
    private const int Other = 409;

    private readonly ConcurrentDictionary<string, Lazy<Task>> _held = new(StringComparer.Ordinal);

    /// <param name="image">What was planned with.</param>
    /// <param name="use">How it is taken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The name to build from.</returns>
    /// <exception cref="DockerApiException">The image is gone, or cannot be had as it was planned with.</exception>
    /// <exception cref="DockerConfigurationException">The login for its registry cannot be found out.</exception>
    public Task<string> HoldAsync(ExternalImage image, ExternalUse use, CancellationToken cancellationToken) =>
        HoldAsync(names.Of(image.HeldFor(use)!), () => image.IsHere ? Task.FromResult(image.ImageId) : FetchAsync(image, cancellationToken), cancellationToken);

    /// <param name="baseId">The engine's ID of a build of an image of the graph.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The name to build from.</returns>
    /// <exception cref="DockerApiException">The image is gone.</exception>
    public Task<string> HoldAsync(string baseId, CancellationToken cancellationToken) => HoldAsync(names.Of("base-" + baseId), () => Task.FromResult(baseId), cancellationToken);

    private async Task<string> HoldAsync(string reference, Func<Task<string>> find, CancellationToken cancellationToken)
    {
        var holding = _held.GetOrAdd(reference, _ => new Lazy<Task>(() => TagAsync(find, reference, cancellationToken)));
        try
        {
            await holding.Value.ConfigureAwait(false);
            return reference;
        }
        catch
        {
            // What failed may pass by itself: whoever asks next tries it anew.
            _held.TryRemove(KeyValuePair.Create(reference, holding));
            throw;
        }
    }

    private async Task TagAsync(Func<Task<string>> find, string reference, CancellationToken cancellationToken)
    {
        var colon = reference.LastIndexOf(':');
        await engine.TagImageAsync(await find().ConfigureAwait(false), reference[..colon], reference[(colon + 1)..], cancellationToken).ConfigureAwait(false);
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
            : throw new DockerApiException(Other, $"'{wanted.Familiar}' is not the image that its registry showed.");
    }

    /// <summary>Takes the names away again, also after a run that was cancelled.</summary>
    public Task DropAsync() => Task.WhenAll(_held.Keys.Select(name => LetGoAsync(engine, name)));

    /// <summary>Takes one name away. Tidying up never fails a run: what stays is a leftover for a later one.</summary>
    public static async Task LetGoAsync(DockerEngine engine, string name)
    {
        try
        {
            await engine.RemoveImageAsync(name, force: false, noPrune: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DockerApiException or DockerUnreachableException)
        {
        }
    }
}
