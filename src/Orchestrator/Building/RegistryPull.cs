using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>Brings an image that a registry has for a key onto the engine, by digest, and gives it its key tag and its names.</summary>
internal sealed class RegistryPull(DockerEngine engine, EnginePull pull, ImageGraph graph)
{
    /// <exception cref="DockerApiException">The registry does not give it, or gives something with another key; it then has no name of ours.</exception>
    public async Task<ImageDetails> RunAsync(PlannedImage planned, CancellationToken cancellationToken)
    {
        // Trying again does not change it.
        const int Other = 409;
        var source = planned.Remembered!.Reference;
        var name = source.ToString();
        var details = await PullAsync(source, planned.Image.Platforms, cancellationToken).ConfigureAwait(false);
        if (details.Count == 0 || details.Any(image => image.Labels.GetValueOrDefault(KeyTag.Label) != planned.Key!.Value.Hex))
        {
            throw new DockerApiException(Other, $"'{source.Familiar}' is not the image that the registry showed.");
        }

        // The key tag comes last: with it, the image counts as there.
        foreach (var local in planned.Image.Node.LocalNames.Select(local => local.Value))
        {
            await engine.TagImageAsync(name, $"{local.Registry}/{local.Repository}", local.Tag ?? "latest", cancellationToken).ConfigureAwait(false);
        }

        await engine.TagImageAsync(name, KeyTag.Repository(graph, planned.Image.Node), KeyTag.Tag(planned.Key!.Value), cancellationToken).ConfigureAwait(false);
        await engine.RemoveImageAsync(name, force: false, noPrune: true, CancellationToken.None).ConfigureAwait(false);
        return await engine.InspectImageAsync(KeyTag.Reference(graph, planned.Image.Node, planned.Key.Value), cancellationToken).ConfigureAwait(false) ?? details[0];
    }

    /// <returns>The image for each of its platforms; empty when the engine does not have it for all of them.</returns>
    private async Task<IReadOnlyList<ImageDetails>> PullAsync(ImageReference source, IReadOnlyList<string>? platforms, CancellationToken cancellationToken)
    {
        if (platforms is null)
        {
            return await pull.RunAsync(source, source, cancellationToken).ConfigureAwait(false) is { } single ? [single] : [];
        }

        foreach (var platform in platforms)
        {
            await pull.RunAsync(source, source, platform, cancellationToken).ConfigureAwait(false);
        }

        return await EnginePlatforms.FindAsync(engine, source.ToString(), platforms, cancellationToken).ConfigureAwait(false) is var (_, found) ? [.. found.Values] : [];
    }
}
