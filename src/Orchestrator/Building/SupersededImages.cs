using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Keys;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// Drops the key tags of earlier builds, so that ten rebuilds of a large base do not keep ten of them. The newest ones stay; so does every image
/// that a container uses. Layers that other images share stay by themselves. Tidying up never fails a build: what keeps it from being done is a warning.
/// </summary>
internal sealed class SupersededImages(DockerEngine engine, ExplanationStore explanations, IBuildReporter reporter)
{
    /// <summary>
    /// Repositories that the engine is asked for by name: containerd's store takes 13 ms for each image that it lists (1.3 s for 100, 0.04 s for one of them). More
    /// would make a long address; then all of the graph are asked for, and none of other people.
    /// </summary>
    private const int MostNamed = 20;

    /// <param name="graph">The graph; only its key tags are touched.</param>
    /// <param name="built">The images that were just built.</param>
    /// <param name="keep">How many key tags of an image stay, the present one included.</param>
    /// <param name="cancellationToken">Ends it; what is being removed is removed.</param>
    public async Task DropAsync(ResolvedGraph graph, IReadOnlyList<PlannedImage> built, int keep, CancellationToken cancellationToken)
    {
        try
        {
            if (built.Count > 0)
            {
                await DropOldAsync(graph, built, keep, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is DockerApiException or DockerUnreachableException)
        {
            reporter.Report(Rules.EarlierBuildsStay.Anywhere(exception.Message));
        }
    }

    private async Task DropOldAsync(ResolvedGraph graph, IReadOnlyList<PlannedImage> built, int keep, CancellationToken cancellationToken)
    {
        var current = built.Select(image => KeyTag.Reference(graph.Graph, image.Image.Node, image.Key!.Value)).ToHashSet(StringComparer.Ordinal);
        var repositories = built.Select(image => KeyTag.Repository(graph.Graph, image.Image.Node)).ToHashSet(StringComparer.Ordinal);
        var listing = engine.ListContainersAsync(all: true, cancellationToken);
        var rows = await engine.ListImagesAsync(repositories.Count <= MostNamed ? [.. repositories] : [KeyTag.Prefix(graph.Graph) + "*", KeyTag.Prefix(graph.Graph) + "*/*"], cancellationToken).ConfigureAwait(false);
        var tags = rows.SelectMany(row => row.RepoTags.Select(tag => new TaggedBuild(tag, row.Id, row.Created)))
            .Where(item => item.Tag.LastIndexOf(':') is var colon and > 0 && repositories.Contains(item.Tag[..colon]))
            .GroupBy(item => item.Tag[..item.Tag.LastIndexOf(':')], StringComparer.Ordinal);
        var inUse = (await listing.ConfigureAwait(false)).Select(container => container.ImageId).ToHashSet(StringComparer.Ordinal);
        var names = built.ToDictionary(image => KeyTag.Repository(graph.Graph, image.Image.Node), image => image.Name, StringComparer.Ordinal);
        var superseded = tags.Where(group => group.Count() > Math.Max(1, keep)).SelectMany(group => ByAge(group, current, names[group.Key]).Skip(Math.Max(1, keep)));
        // All at once: for the last name of an image containerd's store waits for its garbage collector, of which one run serves all that wait.
        await Task.WhenAll(superseded.Where(old => !inUse.Contains(old.Id)).Select(old => RemoveAsync(old.Tag, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>The newest first. With <c>SOURCE_DATE_EPOCH</c> all builds have one time; then what is remembered of them tells.</summary>
    private IEnumerable<TaggedBuild> ByAge(IEnumerable<TaggedBuild> builds, HashSet<string> current, string image)
    {
        var remembered = explanations.Keys(image).Index().ToDictionary(key => key.Item, key => key.Index, StringComparer.Ordinal);
        return builds.OrderByDescending(item => current.Contains(item.Tag)).ThenByDescending(item => item.Created)
            .ThenBy(item => KeyTag.KeyOf(item.Tag[(item.Tag.LastIndexOf(':') + 1)..]) is { } key ? remembered.GetValueOrDefault(key, int.MaxValue) : int.MaxValue);
    }

    private sealed record TaggedBuild(string Tag, string Id, long Created);

    /// <summary>An image that something holds meanwhile is left alone.</summary>
    private async Task RemoveAsync(string tag, CancellationToken cancellationToken)
    {
        try
        {
            await engine.RemoveImageAsync(tag, force: false, noPrune: false, cancellationToken).ConfigureAwait(false);
        }
        catch (DockerApiException)
        {
        }
    }
}
