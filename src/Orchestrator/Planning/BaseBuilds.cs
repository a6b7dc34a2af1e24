using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Keys;

namespace Orchestrator.Planning;

/// <summary>
/// Tells whether an image was built on the very builds of its bases that there are now. On the engine that built it the IDs say so at once; an image
/// that came from a registry was built where the same bases had other IDs, so their content is compared.
/// </summary>
/// <param name="decided">The bases' plans; filled while an image's turn comes.</param>
internal sealed class BaseBuilds(DockerEngine engine, ImageGraph graph, IReadOnlyDictionary<string, PlannedImage> decided)
{
    private readonly Dictionary<string, string?> _identities = new(StringComparer.Ordinal);

    public PlannedImage this[string name] => decided[name];

    public async Task<bool> AreThoseOfAsync(ResolvedImage image, FoundImage found, CancellationToken cancellationToken)
    {
        var bases = image.Bases;
        return bases.Count == 0
            || (bases.All(name => decided[name].ImageId is not null) && found.BasesDigest == KeyTag.BasesDigest(bases.Select(name => new NamedText(name, decided[name].ImageId))))
            || (found.BasesContent is not null && found.BasesContent == await ContentAsync(image, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The same of what a registry has; where either side does not say what the bases are, they are not the same.</summary>
    public async Task<bool> AreThoseOfAsync(ResolvedImage image, RememberedImage remembered, CancellationToken cancellationToken) =>
        image.Bases.Count == 0 || (remembered.BasesContent is { } content && content == await ContentAsync(image, cancellationToken).ConfigureAwait(false));

    /// <summary>What <see cref="KeyTag.BasesContentLabel"/> has to say; null when a base is not known.</summary>
    public async Task<string?> ContentAsync(ResolvedImage image, CancellationToken cancellationToken)
    {
        var builds = new List<NamedText>();
        foreach (var name in image.Bases)
        {
            if (await IdentityAsync(name, cancellationToken).ConfigureAwait(false) is not { } identity)
            {
                return null;
            }

            builds.Add(new NamedText(name, identity));
        }

        return KeyTag.BasesDigest(builds);
    }

    /// <summary>The content identity of the build that the engine has for an image's key; null when it has none.</summary>
    public async Task<string?> OnEngineAsync(PlannedImage image, CancellationToken cancellationToken) =>
        image.Key is { } key ? await EnginePlatforms.IdentityAsync(engine, KeyTag.Reference(graph, image.Image.Node, key), image.Image.Platforms, cancellationToken).ConfigureAwait(false) : null;

    private async Task<string?> IdentityAsync(string name, CancellationToken cancellationToken)
    {
        if (!_identities.TryGetValue(name, out var identity))
        {
            var image = decided[name];
            identity = image.Action is PlanAction.Pull or PlanAction.Present ? image.Remembered!.Identity
                : image.ImageId is not null ? await OnEngineAsync(image, cancellationToken).ConfigureAwait(false)
                : null;
            _identities.Add(name, identity);
        }

        return identity;
    }
}
