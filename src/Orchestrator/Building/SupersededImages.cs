using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Keys;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// Drops the key tags of earlier builds, so that ten rebuilds of a large base do not keep ten of them. The newest ones stay; so does every image
/// that a container uses. Layers that other images share stay by themselves. Tidying up never fails a build: what keeps it from being done is a warning.
/// </summary>
/// <remarks>The engine is asked for earlier builds while the new ones are made: on containerd's store that takes long, and the longer the more there are.</remarks>
internal sealed class SupersededImages(DockerEngine engine, ExplanationStore explanations, IBuildReporter reporter, ImageGraph graph)
{
    /// <summary>
    /// Repositories that the engine is asked for by name: containerd's store takes 13 ms for each image that it lists (1.3 s for 100, 0.04 s for one of them). More
    /// would make a long address; then all of the graph are asked for, and none of other people.
    /// </summary>
    private const int MostNamed = 20;

    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private Task<IReadOnlyList<ImageSummary>> _earlier = Task.FromResult<IReadOnlyList<ImageSummary>>([]);

    /// <summary>Begins to look for builds of images that are about to be built.</summary>
    /// <param name="planned">What is to be built; of what turns out to be built as well, earlier builds are looked for at the end.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public void Begin(IEnumerable<PlannedImage> planned, CancellationToken cancellationToken)
    {
        _asked.UnionWith(planned.Select(image => KeyTag.Repository(graph, image.Image.Node)));
        _earlier = ListAsync(_asked, cancellationToken);
    }

    /// <param name="built">The images that were just built; only their key tags are touched.</param>
    /// <param name="keep">How many key tags of an image stay, the present one included.</param>
    /// <param name="cancellationToken">Ends it; what is being removed is removed.</param>
    public async Task DropAsync(IReadOnlyList<PlannedImage> built, int keep, CancellationToken cancellationToken)
    {
        try
        {
            if (built.Count > 0)
            {
                await DropOldAsync(built, keep, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is DockerApiException or DockerUnreachableException)
        {
            reporter.Report(Rules.EarlierBuildsStay.Anywhere(exception.Message));
        }
    }

    private async Task DropOldAsync(IReadOnlyList<PlannedImage> built, int keep, CancellationToken cancellationToken)
    {
        var names = built.ToDictionary(image => KeyTag.Repository(graph, image.Image.Node), image => image.Name, StringComparer.Ordinal);
        var current = built.Select(image => KeyTag.Reference(graph, image.Image.Node, image.Key!.Value)).ToHashSet(StringComparer.Ordinal);
        var listing = engine.ListContainersAsync(all: true, cancellationToken);
        var rows = (await _earlier.ConfigureAwait(false)).Concat(await ListAsync([.. names.Keys.Except(_asked)], cancellationToken).ConfigureAwait(false));
        var earlier = rows.SelectMany(row => row.RepoTags.Select(tag => new TaggedBuild(tag, row.Id, row.Created)))
            .Where(item => item.Tag.LastIndexOf(':') is var colon and > 0 && names.ContainsKey(item.Tag[..colon]) && !current.Contains(item.Tag))
            .GroupBy(item => item.Tag[..item.Tag.LastIndexOf(':')], StringComparer.Ordinal);
        var inUse = (await listing.ConfigureAwait(false)).Select(container => container.ImageId).ToHashSet(StringComparer.Ordinal);
        var superseded = earlier.Where(group => group.Count() >= keep).SelectMany(group => ByAge(group, names[group.Key]).Skip(keep - 1));
        // All at once: for the last name of an image containerd's store waits for its garbage collector, of which one run serves all that wait.
        await Task.WhenAll(superseded.Where(old => !inUse.Contains(old.Id)).Select(old => RemoveAsync(old.Tag, cancellationToken))).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<ImageSummary>> ListAsync(IReadOnlyCollection<string> repositories, CancellationToken cancellationToken) => repositories.Count switch
    {
        0 => [],
        <= MostNamed => await engine.ListImagesAsync([.. repositories], cancellationToken).ConfigureAwait(false),
        _ => await engine.ListImagesAsync([KeyTag.Prefix(graph) + "*", KeyTag.Prefix(graph) + "*/*"], cancellationToken).ConfigureAwait(false),
    };

    /// <summary>The newest first. With <c>SOURCE_DATE_EPOCH</c> all builds have one time; then what is remembered of them tells.</summary>
    private IEnumerable<TaggedBuild> ByAge(IEnumerable<TaggedBuild> builds, string image)
    {
        var remembered = explanations.Keys(image).Index().ToDictionary(key => key.Item, key => key.Index, StringComparer.Ordinal);
        return builds.OrderByDescending(item => item.Created)
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
