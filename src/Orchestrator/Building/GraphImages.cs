using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Keys;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// Removes what a graph put on the engine. A local name is ours to remove only while the image behind it carries one of our key labels for it, and the graph has the name.
/// </summary>
/// <param name="engine">Where the images are.</param>
/// <param name="explanations">Knows what this graph's file was built to: a graph that is called as its folder may not be the only one of that name.</param>
internal sealed class GraphImages(DockerEngine engine, ExplanationStore explanations)
{
    /// <param name="graph">What to remove.</param>
    /// <param name="withFormer">Also the builds of images that the graph has no more: renamed, or taken out.</param>
    /// <param name="cancellationToken">Ends it between two removals.</param>
    /// <returns>A line for each name, in words.</returns>
    public async Task<IReadOnlyList<string>> RemoveAsync(ResolvedGraph graph, bool withFormer, CancellationToken cancellationToken)
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
                var names = image.Node.LocalNames.Select(name => name.Value).ToHashSet();
                var tags = row.RepoTags.Where(tag => tag.StartsWith(repository, StringComparison.Ordinal) || (ImageReference.TryParse(tag, out var name) && names.Contains(name)));
                lines.AddRange(inUse.Contains(row.Id) ? [$"kept {image.Node.DisplayName}: a container uses it"] : await RemoveAsync(tags, cancellationToken).ConfigureAwait(false));
            }
        }

        foreach (var row in withFormer ? rows : [])
        {
            var tags = row.RepoTags.Where(tag => IsFormer(tag, row, graph.Graph)).ToList();
            lines.AddRange(inUse.Contains(row.Id) ? tags.Select(tag => $"kept {tag}: a container uses it") : await RemoveAsync(tags, cancellationToken).ConfigureAwait(false));
            lines.AddRange(tags.Count > 0 && !inUse.Contains(row.Id) ? Others(row, graph.Graph).Select(name => $"left {name}: the graph has no image of that name any more") : []);
        }

        return lines;
    }

    /// <summary>Names that an image has besides key tags and what the graph calls its images: who gave it these, nobody knows any more.</summary>
    private static IEnumerable<string> Others(ImageSummary row, ImageGraph graph)
    {
        var names = graph.Images.SelectMany(node => node.LocalNames).Select(name => name.Value).ToHashSet();
        return row.RepoTags.Where(tag => ImageReference.TryParse(tag, out var name) && name.Registry != KeyTag.Host && !names.Contains(name));
    }

    /// <summary>A key tag of the graph, on a build with that key, of an image that the graph does not have.</summary>
    private bool IsFormer(string tag, ImageSummary row, ImageGraph graph) =>
        tag.StartsWith(KeyTag.Prefix(graph), StringComparison.Ordinal)
        && tag.LastIndexOf(':') is var colon
        && KeyTag.KeyOf(tag[(colon + 1)..]) is { } key && row.Labels.GetValueOrDefault(KeyTag.Label) == key
        && graph.Images.All(node => KeyTag.Repository(graph, node) != tag[..colon])
        && (graph.IsNamed || explanations.Keys(tag[KeyTag.Prefix(graph).Length..colon]).Contains(key));

    private async Task<IReadOnlyList<string>> RemoveAsync(IEnumerable<string> tags, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var tag in tags)
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
