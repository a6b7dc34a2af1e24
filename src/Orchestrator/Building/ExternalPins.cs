using System.Collections.Concurrent;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// Holds the external images of a run still: a tag may move between planning and building, an image ID cannot. Each image that is built from gets a
/// name of its own for the time of the run, by its ID, and only that name is built from.
/// </summary>
internal sealed class ExternalPins(DockerEngine engine, ImageGraph graph)
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> _pinned = new(StringComparer.Ordinal);

    /// <exception cref="DockerApiException">The image is gone.</exception>
    public Task PinAsync(ExternalImage image, CancellationToken cancellationToken)
    {
        var reference = KeyTag.External(graph, image.Identity!);
        var colon = reference.LastIndexOf(':');
        return _pinned.GetOrAdd(reference, _ => new Lazy<Task>(() => engine.TagImageAsync(image.ImageId, reference[..colon], reference[(colon + 1)..], cancellationToken))).Value;
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
