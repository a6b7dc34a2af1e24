using Orchestrator.Docker;
using Orchestrator.Graph;

namespace Orchestrator.Building;

/// <summary>Takes away the names that earlier runs of a graph held images by and were killed before they could. They would keep the images for ever.</summary>
internal sealed class HeldLeftovers(DockerEngine engine, TimeProvider time)
{
    /// <summary>May run beside a build: no run that is at work has such names.</summary>
    public async Task DropAsync(ImageGraph graph, CancellationToken cancellationToken)
    {
        try
        {
            var rows = await engine.ListImagesAsync([HeldNames.Pattern(graph)], cancellationToken).ConfigureAwait(false);
            foreach (var name in rows.SelectMany(row => row.RepoTags).Where(name => HeldNames.IsLeftover(graph, name, time.GetUtcNow())))
            {
                await HeldImages.LetGoAsync(engine, name).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is DockerApiException or DockerUnreachableException or OperationCanceledException)
        {
            // They are there to be found by the next run as well.
        }
    }
}
