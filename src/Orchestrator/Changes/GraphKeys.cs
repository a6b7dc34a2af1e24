using Orchestrator.Contexts;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Locking;
using Orchestrator.Planning;

namespace Orchestrator.Changes;

/// <summary>
/// The keys of a graph for comparing two revisions of it, with or without an engine. Where nothing tells what an external image is, it counts as the same in both;
/// where nothing is known of a base's configuration, whose ONBUILD may read any file, all of the contexts of what starts from it count.
/// </summary>
internal sealed record GraphKeys(ResolvedGraph Graph, IReadOnlyDictionary<string, PlannedImage> Images)
{
    private const string Floating = "floating";

    /// <param name="loaded">The graph.</param>
    /// <param name="locked">Its lock.</param>
    /// <param name="platform">That is built for.</param>
    /// <param name="find">Looks external images up; one that is not found may be left out.</param>
    /// <param name="contexts">Reads the contexts.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null when there are errors.</returns>
    public static async Task<GraphKeys?> ComputeAsync(
        LoadedGraph loaded, LockFile locked, string platform, Func<ResolvedGraph, Task<IReadOnlyDictionary<ImageReference, ExternalImage>>> find, ContextReader contexts, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var found = await loaded.WithExternalsAsync(async graph => Identified(graph, await find(graph).ConfigureAwait(false), locked, platform), diagnostics).ConfigureAwait(false);
        if (found is not var (graph, externals))
        {
            return null;
        }

        var careful = new ResolvedGraph(graph.Graph, [.. graph.Images.Select(image => image with { NeedsEverything = image.NeedsEverything || UnknownBase(image, externals) is not null })]);
        var keys = new ImageKeys(platform, [], contexts, locked, WholeContexts.None);
        keys.ReadContexts(careful, cancellationToken);
        return new GraphKeys(careful, keys.All(careful, externals, diagnostics, cancellationToken));
    }

    /// <summary>An image that one starts from and whose configuration nobody could read; null when there is none.</summary>
    public static ExternalUse? UnknownBase(ResolvedImage image, IReadOnlyDictionary<ImageReference, ExternalImage> externals)
    {
        var bases = image.Closure.ExternalImages.Where(use => use.Kind == Dockerfiles.ImageUseKind.From).Select(use => use.Reference.Value).ToHashSet(StringComparer.Ordinal);
        return image.Externals.FirstOrDefault(use => bases.Contains(use.Reference) && !externals[use.Source].For(use).IsKnown);
    }

    private static Dictionary<ImageReference, ExternalImage> Identified(
        ResolvedGraph graph, IReadOnlyDictionary<ImageReference, ExternalImage> found, LockFile locked, string platform) =>
        graph.Images.SelectMany(image => image.Externals).GroupBy(use => use.Source).ToDictionary(uses => uses.Key, uses =>
        {
            var image = found.GetValueOrDefault(uses.Key) ?? new ExternalImage(uses.Key, null);
            return Identified(image, locked.Find(uses.Key, platform)) with
            {
                Others = uses.Select(use => use.Platform).OfType<string>().Distinct(StringComparer.Ordinal).ToDictionary(
                    other => other, other => Identified(image.For(other) ?? new ExternalImage(uses.Key, null), locked.Find(uses.Key, other)), StringComparer.Ordinal),
            };
        });

    private static ExternalImage Identified(ExternalImage image, Pin? pin) =>
        pin is not null ? image with { Identity = pin.Digest, Mismatch = null } : image with { Identity = image.Identity ?? Floating };
}
