using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Locking;

namespace Orchestrator.Planning;

/// <summary>
/// Looks up external images that are taken for other platforms than the engine's own: all platforms of one index, each with what is in it. No registry is asked
/// beforehand; what the engine lacks it pulls.
/// </summary>
/// <param name="platform">Of the engine.</param>
internal sealed class PlatformImages(DockerEngine engine, EnginePull pull, LockFile locked, string platform)
{
    private readonly string _own = PlatformName.Normalize(platform);

    /// <param name="source">The image.</param>
    /// <param name="wanted">Its platforms; null is the engine's own.</param>
    /// <param name="pullMissing">Whether to pull it when a platform is not here.</param>
    /// <param name="pullAlways">Whether to pull it even when all are here.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ExternalImage> FindAsync(ImageReference source, IReadOnlyCollection<string?> wanted, bool pullMissing, bool pullAlways, CancellationToken cancellationToken)
    {
        List<string> platforms = [.. wanted.Select(name => name ?? _own).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var pins = platforms.ToDictionary(name => name, name => locked.Find(source, name == _own ? platform : name), StringComparer.Ordinal);
        var digest = pins.Values.FirstOrDefault(pin => pin is { IsContent: false })?.Digest;
        var reference = digest is null ? source : new ImageReference(source.Registry, source.Repository, null, digest);
        // By its digest it cannot have moved, and by its content it is not in any registry: there is nothing to ask for again.
        if (!(pullAlways && pins.Values.All(pin => pin is null)))
        {
            if (await HereAsync(source, reference, platforms, pins, cancellationToken).ConfigureAwait(false) is { } here)
            {
                return here;
            }

            if (!pullMissing)
            {
                return Together(platforms, _ => new ExternalImage(source, digest) { RegistryDigest = digest, IsHere = false, IsKnown = false });
            }
        }

        return await PullAsync(source, reference, platforms, cancellationToken).ConfigureAwait(false) is { } failure
            ? Together(platforms, _ => new ExternalImage(source, null, failure))
            : await HereAsync(source, reference, platforms, pins, cancellationToken).ConfigureAwait(false)
            ?? Together(platforms, _ => new ExternalImage(source, null, $"the engine pulled it, and does not have it for all of {string.Join(", ", platforms)}."));
    }

    /// <returns>Null when a platform is not here.</returns>
    private async Task<ExternalImage?> HereAsync(ImageReference source, ImageReference reference, List<string> platforms, Dictionary<string, Pin?> pins, CancellationToken cancellationToken)
    {
        try
        {
            return await EnginePlatforms.FindAsync(engine, reference.ToString(), platforms, cancellationToken).ConfigureAwait(false) is var (image, found)
                // The names and the ID are those of the index: it is what is held and built from.
                ? Together(platforms, name => ExternalImages.Known(source, found[name] with { Id = image.Id, RepoDigests = image.RepoDigests }, pins[name]))
                : null;
        }
        catch (DockerApiException exception)
        {
            return Together(platforms, _ => new ExternalImage(source, null, $"the engine cannot show it for {string.Join(", ", platforms)}: {exception.EngineMessage.TrimEnd('.')}."));
        }
    }

    /// <summary>All of them, also those that are here: the name may stand for another image by now.</summary>
    /// <returns>Why it could not be had; null when it could.</returns>
    private async Task<string?> PullAsync(ImageReference source, ImageReference reference, List<string> platforms, CancellationToken cancellationToken)
    {
        foreach (var name in platforms)
        {
            try
            {
                await pull.RunAsync(reference, source, name, cancellationToken).ConfigureAwait(false);
            }
            catch (DockerApiException exception)
            {
                return $"it is wanted for {string.Join(", ", platforms)}, and the engine lacks some of that: {exception.EngineMessage.TrimEnd('.')}.";
            }
            catch (DockerConfigurationException exception)
            {
                return exception.Message;
            }
        }

        return null;
    }

    /// <summary>The engine's own platform stands for the image where it is wanted, else the first.</summary>
    private ExternalImage Together(List<string> platforms, Func<string, ExternalImage> image) =>
        image(platforms.Contains(_own) ? _own : platforms[0]) with { IsForEngine = platforms.Contains(_own), Others = platforms.Where(name => name != _own).ToDictionary(name => name, image, StringComparer.Ordinal) };
}
