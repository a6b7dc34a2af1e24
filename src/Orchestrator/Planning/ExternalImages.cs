using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Locking;

namespace Orchestrator.Planning;

/// <summary>Looks external images up on the engine; those that are missing it asks their registries for, where it may, or has them pulled.</summary>
/// <param name="pull">Has the engine pull.</param>
/// <param name="locked">What references stand for; a reference that it says nothing about stands for what the engine has under it, else for what its registry has.</param>
/// <param name="platform">Of the engine.</param>
internal sealed class ExternalImages(DockerEngine engine, EnginePull pull, LockFile locked, string platform)
{
    /// <summary>The platforms that images are wanted for, null for the engine's own; that alone where nothing is said of an image.</summary>
    public ILookup<ImageReference, string?> Platforms { get; init; } = Enumerable.Empty<ExternalUse>().ToLookup(use => use.Source, use => use.Platform);

    /// <param name="sources">The images; each is asked for once.</param>
    /// <param name="ask">How to ask the registry for an image that the engine does not have; null where it must not be.</param>
    /// <param name="pullMissing">Whether to pull an image that the engine does not have and no registry tells of.</param>
    /// <param name="pullAlways">Images that are pulled even when they are here (<c>--pull</c>).</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyDictionary<ImageReference, ExternalImage>> FindAsync(
        IReadOnlyCollection<ImageReference> sources, Func<ImageReference, FindExternal?> ask, Func<ImageReference, bool> pullMissing, IReadOnlySet<ImageReference> pullAlways, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(sources.Distinct().Select(source => Platforms[source].Any(wanted => wanted is not null)
            ? new PlatformImages(engine, pull, locked, platform).FindAsync(source, [.. Platforms[source]], pullMissing(source), pullAlways.Contains(source), cancellationToken)
            : OneAsync(source, ask(source), pullMissing(source), pullAlways.Contains(source), cancellationToken))).ConfigureAwait(false);
        return found.ToDictionary(image => image.Source);
    }

    private async Task<ExternalImage> OneAsync(ImageReference source, FindExternal? ask, bool pullMissing, bool pullAlways, CancellationToken cancellationToken)
    {
        var pin = locked.Find(source, platform);
        // By its digest it cannot have moved, and by its content it is not in any registry: there is nothing to ask for again.
        pullAlways &= pin is null;
        var wanted = pin is { IsContent: false } ? new ImageReference(source.Registry, source.Repository, null, pin.Digest) : source;
        if (!pullAlways)
        {
            if (await engine.InspectImageAsync(wanted.ToString(), cancellationToken).ConfigureAwait(false) is { } here
                && await EnginePlatforms.IsForEngineAsync(engine, here, PlatformName.Normalize(platform), cancellationToken).ConfigureAwait(false))
            {
                return Known(source, here, pin);
            }

            if (ask is not null && pin is not { IsContent: true } && await ask(wanted, cancellationToken).ConfigureAwait(false) is { } there)
            {
                return Known(source, there.Image, pin) with { IsHere = false, RegistryDigest = there.Digest };
            }

            if (!pullMissing)
            {
                var digest = pin is { IsContent: false } ? pin.Digest : null;
                return new ExternalImage(source, digest) { RegistryDigest = digest, IsHere = false, IsKnown = false };
            }
        }

        return await PullAsync(source, wanted, pin, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ExternalImage> PullAsync(ImageReference source, ImageReference wanted, Pin? pin, CancellationToken cancellationToken)
    {
        try
        {
            return await pull.RunAsync(wanted, source, cancellationToken).ConfigureAwait(false) is { } here
                ? Known(source, here, pin)
                : new ExternalImage(source, null, "the engine pulled it and does not have it.");
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

    /// <summary>An image that the engine, or its registry, showed.</summary>
    public static ExternalImage Known(ImageReference source, ImageDetails image, Pin? pin) => new(source, pin is { IsContent: false } ? pin.Digest : ContentIdentity.Of(image))
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
