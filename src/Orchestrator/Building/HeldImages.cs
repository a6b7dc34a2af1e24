using System.Collections.Concurrent;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Keys;
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

    /// <summary>The status of an image that is not there.</summary>
    private const int Absent = 404;

    private readonly ConcurrentDictionary<string, Lazy<Task>> _held = new(StringComparer.Ordinal);

    /// <summary>Every name that the engine was ever asked for: it may do that after nobody waits for it any more.</summary>
    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);

    /// <param name="image">What was planned with.</param>
    /// <param name="use">How it is taken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The name to build from.</returns>
    /// <exception cref="HeldImageGoneException">The image is gone, and no registry has it.</exception>
    /// <exception cref="DockerApiException">It cannot be had as it was planned with.</exception>
    /// <exception cref="DockerConfigurationException">The login for its registry cannot be found out.</exception>
    public Task<string> HoldAsync(ExternalImage image, ExternalUse use, CancellationToken cancellationToken)
    {
        var reference = names.Of(image.HeldFor(use)!);
        return HoldAsync(reference, () => image.IsHere ? TagAsync(image, reference, cancellationToken) : FetchAndTagAsync(image, reference, cancellationToken));
    }

    /// <param name="built">A build of an image of the graph that the engine has.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The name to build from.</returns>
    /// <exception cref="HeldImageGoneException">The image is gone.</exception>
    public Task<string> HoldAsync(PlannedImage built, CancellationToken cancellationToken)
    {
        var reference = names.Of("base-" + built.ImageId);
        return HoldAsync(reference, () => TagAsync(built.ImageId!, built.Image.Node.DisplayName, reference, cancellationToken));
    }

    /// <summary>A name that a build gives its result before all others, so that those are given to what is whole; it is taken away with the rest.</summary>
    public string NameFirst(CacheKey key)
    {
        var reference = names.Of("built-" + key.Hex);
        _asked[reference] = true;
        return reference;
    }

    /// <summary>Whether a text names something that is held.</summary>
    public bool IsIn(string text) => names.AreIn(text);

    /// <summary>Looks whether a name is still there; if not, whoever asks next for what it held has it held anew.</summary>
    public async Task<bool> IsGoneAsync(string reference, CancellationToken cancellationToken)
    {
        var holding = _held.GetValueOrDefault(reference);
        if (await IsThereAsync(reference, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        if (holding is not null)
        {
            _held.TryRemove(KeyValuePair.Create(reference, holding));
        }

        return true;
    }

    /// <summary>What the engine cannot show is still there: it knows the name.</summary>
    private async Task<bool> IsThereAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.InspectImageAsync(reference, cancellationToken).ConfigureAwait(false) is not null;
        }
        catch (DockerApiException)
        {
            return true;
        }
    }

    private async Task<string> HoldAsync(string reference, Func<Task> hold)
    {
        var holding = _held.GetOrAdd(reference, _ => new Lazy<Task>(hold));
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

    /// <summary>What was here and came from a registry can be had from there once more.</summary>
    private async Task TagAsync(ExternalImage image, string reference, CancellationToken cancellationToken)
    {
        try
        {
            await TagAsync(image.ImageId, image.Source.Familiar, reference, cancellationToken).ConfigureAwait(false);
        }
        catch (HeldImageGoneException) when (image.RegistryDigest is not null)
        {
            await FetchAndTagAsync(image, reference, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FetchAndTagAsync(ExternalImage image, string reference, CancellationToken cancellationToken) =>
        await TagAsync(await FetchAsync(image, cancellationToken).ConfigureAwait(false), image.Source.Familiar, reference, cancellationToken).ConfigureAwait(false);

    private async Task TagAsync(string id, string shown, string reference, CancellationToken cancellationToken)
    {
        var colon = reference.LastIndexOf(':');
        _asked[reference] = true;
        try
        {
            await engine.TagImageAsync(id, reference[..colon], reference[(colon + 1)..], cancellationToken).ConfigureAwait(false);
        }
        catch (DockerApiException exception) when (exception.StatusCode == Absent)
        {
            throw new HeldImageGoneException(shown);
        }
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
    public Task DropAsync() => Task.WhenAll(_asked.Keys.Select(name => LetGoAsync(engine, name)));

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
