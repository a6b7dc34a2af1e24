using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// Removes what a graph put on the engine. A local name is ours to remove only while the image behind it carries one of our key labels for it.
/// </summary>
internal sealed class GraphImages(DockerEngine engine)
{
    /// <returns>A line for each name, in words.</returns>
    public async Task<IReadOnlyList<string>> RemoveAsync(ResolvedGraph graph, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var containers = await engine.ListContainersAsync(all: true, cancellationToken).ConfigureAwait(false);
        var inUse = containers.Select(container => container.ImageId).ToHashSet(StringComparer.Ordinal);
        var rows = await engine.ListImagesAsync([], cancellationToken).ConfigureAwait(false);
        foreach (var image in graph.Images.Reverse())
        {
            var repository = KeyTag.Repository(graph.Graph, image.Node) + ":";
            foreach (var row in rows.Where(row => row.RepoTags.Any(tag => tag.StartsWith(repository, StringComparison.Ordinal))))
            {
                lines.AddRange(await RemoveAsync(row, image, repository, inUse.Contains(row.Id), cancellationToken).ConfigureAwait(false));
            }
        }

        return lines;
    }

    private async Task<IReadOnlyList<string>> RemoveAsync(ImageSummary row, ResolvedImage image, string repository, bool isInUse, CancellationToken cancellationToken)
    {
        if (isInUse)
        {
            return [$"kept {image.Node.DisplayName}: a container uses it"];
        }

        var lines = new List<string>();
        var names = image.Node.LocalNames.Select(name => name.Value).ToHashSet();
        foreach (var tag in row.RepoTags.Where(tag => tag.StartsWith(repository, StringComparison.Ordinal) || (ImageReference.TryParse(tag, out var name) && names.Contains(name))))
        {
            try
            {
                await engine.RemoveImageAsync(tag, force: false, noPrune: false, cancellationToken).ConfigureAwait(false);
                lines.Add($"removed {tag}");
            }
            catch (DockerApiException exception)
            {
                lines.Add($"kept {tag}: {exception.EngineMessage}");
            }
        }

        return lines;
    }
}
