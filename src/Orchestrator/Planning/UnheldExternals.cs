using Orchestrator.Graph;
using Orchestrator.Locking;

namespace Orchestrator.Planning;

/// <summary>
/// Looks external images up as an engine would have them that has none yet: in their registries, at what the lock says. What only an engine can tell stays unknown: an
/// image that is in no registry, and the ID by which one for another platform is known.
/// </summary>
/// <param name="ask">How to ask for an image of a platform.</param>
/// <param name="platform">That is built for.</param>
internal sealed class UnheldExternals(Func<string, FindExternal> ask, LockFile locked, string platform)
{
    public async Task<IReadOnlyDictionary<ImageReference, ExternalImage>> FindAsync(ResolvedGraph graph, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(graph.Images.SelectMany(image => image.Externals).GroupBy(use => use.Source).Select(uses => FindAsync(uses.Key, [.. uses], cancellationToken))).ConfigureAwait(false);
        return found.ToDictionary(image => image.Source);
    }

    private async Task<ExternalImage> FindAsync(ImageReference source, IReadOnlyList<ExternalUse> uses, CancellationToken cancellationToken)
    {
        var others = new Dictionary<string, ExternalImage>(StringComparer.Ordinal);
        foreach (var other in uses.Select(use => use.Platform).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            others[other] = await FindAsync(source, other, cancellationToken).ConfigureAwait(false);
        }

        var own = uses.Any(use => use.IsOtherPlatform) ? Unknown(source) : await FindAsync(source, platform, cancellationToken).ConfigureAwait(false);
        return own with { Others = others };
    }

    private async Task<ExternalImage> FindAsync(ImageReference source, string wanted, CancellationToken cancellationToken)
    {
        var pin = locked.Find(source, wanted);
        var reference = pin is null ? source : new ImageReference(source.Registry, source.Repository, null, pin.Digest);
        return pin is not { IsContent: true } && await ask(wanted)(reference, cancellationToken).ConfigureAwait(false) is { } there
            ? ExternalImages.Known(source, there.Image, pin) with { IsHere = false, RegistryDigest = there.Digest }
            : Unknown(source);
    }

    private static ExternalImage Unknown(ImageReference source) => new(source, null);
}
