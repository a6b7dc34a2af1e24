using System.Collections.Concurrent;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Keys;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>Makes ready on the engine what images are built from, and says which builds of their bases that is.</summary>
internal sealed class Footings(DockerEngine engine, HeldImages held, RegistryPull pull, IReadOnlyDictionary<ImageReference, ExternalImage> externals)
{
    /// <summary>The content identities of bases, by the engine's IDs; what is built on one base asks for it once.</summary>
    private readonly ConcurrentDictionary<string, string> _identities = new(StringComparer.Ordinal);

    /// <exception cref="HeldImageGoneException">Something that was here when the build was planned has been removed, and cannot be had again.</exception>
    /// <exception cref="DockerApiException">The engine or a registry refuses.</exception>
    /// <exception cref="DockerConfigurationException">The login for a registry cannot be found out.</exception>
    public async Task<Footing> FindAsync(ResolvedImage image, IReadOnlyDictionary<string, PlannedImage> bases, CancellationToken cancellationToken)
    {
        var here = await FetchAsync(image, bases, cancellationToken).ConfigureAwait(false);
        var (holding, asking) = (HoldAsync(image, here, cancellationToken), BasesAsync(image, here, cancellationToken));
        await Task.WhenAll(holding, asking).ConfigureAwait(false);
        return new Footing(await holding.ConfigureAwait(false), await asking.ConfigureAwait(false));
    }

    /// <summary>
    /// Whether a build failed because somebody removed what it stands on, as <c>docker image prune -a</c> does. All that is found gone is then held anew by whoever asks next.
    /// </summary>
    /// <param name="footing">Of the build that failed.</param>
    /// <param name="message">What the builder says of it: it names what it does not find.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<bool> IsGoneAsync(Footing footing, string message, CancellationToken cancellationToken) =>
        held.IsIn(message) && (await Task.WhenAll(footing.Substitutes.Values.Distinct(StringComparer.Ordinal).Select(name => held.IsGoneAsync(name, cancellationToken))).ConfigureAwait(false)).Any(gone => gone);

    /// <summary>An image was built; the engine need not be asked what it is when something is built on it.</summary>
    public void Built(ImageDetails image) => _identities[image.Id] = ContentIdentity.OfBuild(image);

    /// <summary>
    /// Bases that were to stay in their registry, because what is built on them was to be pulled and cannot be. A base that cannot be pulled either fails the image.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, PlannedImage>> FetchAsync(ResolvedImage image, IReadOnlyDictionary<string, PlannedImage> bases, CancellationToken cancellationToken)
    {
        var here = image.Needs.ToDictionary(name => name, name => bases[name], StringComparer.Ordinal);
        foreach (var name in image.Bases.Where(name => here[name] is { Action: PlanAction.Present, ImageId: null }))
        {
            here[name] = here[name] with { ImageId = (await pull.RunAsync(here[name], cancellationToken).ConfigureAwait(false)).Id };
        }

        return here;
    }

    private async Task<BasesDigests> BasesAsync(ResolvedImage image, IReadOnlyDictionary<string, PlannedImage> bases, CancellationToken cancellationToken)
    {
        var content = await Task.WhenAll(image.Bases.Select(async name => new NamedText(name, await IdentityAsync(bases[name], cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        return new BasesDigests(KeyTag.BasesDigest(image.Bases.Select(name => new NamedText(name, bases[name].ImageId))), KeyTag.BasesDigest(content));
    }

    private async Task<string?> IdentityAsync(PlannedImage built, CancellationToken cancellationToken)
    {
        var id = built.ImageId!;
        if (_identities.TryGetValue(id, out var known))
        {
            return known;
        }

        // By its ID: the key tag may name another build by now.
        var identity = await EnginePlatforms.IdentityAsync(engine, id, built.Image.Platforms, cancellationToken).ConfigureAwait(false);
        return identity is null ? null : _identities.GetOrAdd(id, identity);
    }

    /// <summary>Each reference of the Dockerfile that is not taken as it is, and the name that holds what it stands for: the build of a base, or the external image that was planned with.</summary>
    private async Task<IReadOnlyDictionary<string, string>> HoldAsync(ResolvedImage image, IReadOnlyDictionary<string, PlannedImage> bases, CancellationToken cancellationToken)
    {
        var ours = image.Edges.Where(edge => edge.Reference is not null).Select(async edge => KeyValuePair.Create(edge.Reference!, await held.HoldAsync(bases[edge.To], cancellationToken).ConfigureAwait(false)));
        var others = image.Externals.Select(async use => KeyValuePair.Create(use.Reference, await held.HoldAsync(externals[use.Source], use, cancellationToken).ConfigureAwait(false)));
        var substitutes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (reference, name) in await Task.WhenAll(ours.Concat(others)).ConfigureAwait(false))
        {
            substitutes[reference] = name;
        }

        return substitutes;
    }
}
