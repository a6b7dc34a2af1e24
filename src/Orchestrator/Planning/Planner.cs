using System.Collections.Concurrent;
using Orchestrator.Contexts;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Keys;
using Orchestrator.Locking;

namespace Orchestrator.Planning;

/// <summary>
/// Says for each image what has to happen and why, without building anything: reads contexts, computes keys in dependency order, asks the
/// engine once for the proof that images with these keys exist.
/// </summary>
internal sealed class Planner(
    DockerEngine engine, bool usesContainerdStore, string platform, IReadOnlyList<KeyValuePair<string, string>> proxies, ContextReader contexts, ExplanationStore explanations, LockFile locked, WholeContexts whole, LastKeys last, FindRemembered? findRemembered = null)
{
    private readonly ImageKeys _keys = new(platform, proxies, contexts, locked, whole);
    private readonly BuildMemory _memory = new(engine, explanations);
    private readonly ConcurrentDictionary<string, LastKey> _built = new(StringComparer.Ordinal);

    public async Task<Plan> PlanAsync(
        ResolvedGraph graph, IReadOnlyDictionary<ImageReference, ExternalImage> externals, PlanOptions options, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var likely = usesContainerdStore ? last.Read() : new Dictionary<string, LastKey>();
        var asking = ExistenceProof.BeginAsync(engine, usesContainerdStore, graph, likely, cancellationToken);
        await Task.WhenAll(asking, Task.Run(() => _keys.ReadContexts(graph, cancellationToken), cancellationToken)).ConfigureAwait(false);
        var keyed = _keys.All(graph, externals, diagnostics, cancellationToken);
        var proof = await asking.ConfigureAwait(false);
        await proof.EndAsync(engine, usesContainerdStore, keyed.Values, cancellationToken).ConfigureAwait(false);
        if (usesContainerdStore)
        {
            var now = keyed.Values.Where(image => image.Key is not null).ToDictionary(image => image.Name, image => new LastKey(image.Key!.Value, proof.Known(image)), StringComparer.Ordinal);
            last.Save(likely, now, graph.Graph.Images.Select(image => image.Name));
        }

        var remembered = await RememberedAsync(keyed.Values, proof, options, cancellationToken).ConfigureAwait(false);
        var planned = new Dictionary<string, PlannedImage>(StringComparer.Ordinal);
        var bases = new BaseBuilds(engine, graph.Graph, planned);
        foreach (var image in graph.Images)
        {
            planned.Add(image.Name, await DecideAsync(keyed[image.Name] with { Remembered = remembered.GetValueOrDefault(image.Name) }, bases, proof, options, diagnostics, cancellationToken).ConfigureAwait(false));
        }

        if (options.Output == BuildOutput.Registry)
        {
            await RegistryOutput.FetchBasesAsync(planned, proof, bases, cancellationToken).ConfigureAwait(false);
        }

        return new Plan(graph, await Task.WhenAll(graph.Images.Select(image => ExplainAsync(planned[image.Name], cancellationToken))).ConfigureAwait(false))
        {
            Locked = new LockedSources(
                graph.Images.SelectMany(image => image.Externals).GroupBy(use => use.Source).Where(uses => uses.All(use => locked.Find(uses.Key, use.Platform ?? platform) is not null)).Select(uses => uses.Key).ToHashSet(),
                locked.Remotes.Select(pin => pin.Value.Source).ToHashSet()),
        };
    }

    /// <summary>Registries are asked only for what the engine does not have, unless they are to have it.</summary>
    private async Task<Dictionary<string, RememberedImage>> RememberedAsync(
        IEnumerable<PlannedImage> images, ExistenceProof proof, PlanOptions options, CancellationToken cancellationToken)
    {
        List<PlannedImage> absent = findRemembered is null || options.NoCache ? [] : [.. images.Where(image => image.Key is not null && (options.Output == BuildOutput.Registry || proof.Find(image).ImageId is null))];
        var found = absent.Count == 0 ? [] : await findRemembered!(absent, cancellationToken).ConfigureAwait(false);
        return found.ToDictionary(image => image.Name, StringComparer.Ordinal);
    }

    /// <summary>The key of one image; used again when files changed between planning and building.</summary>
    public PlannedImage Key(
        ResolvedImage image, IReadOnlyDictionary<string, PlannedImage> bases, IReadOnlyDictionary<ImageReference, ExternalImage> externals, DiagnosticBag diagnostics, CancellationToken cancellationToken) =>
        _keys.Key(image, bases, externals, diagnostics, cancellationToken);

    /// <summary>Tells what became of an image, for the next plan.</summary>
    /// <param name="planned">As it was built; it has a key.</param>
    /// <param name="image">As the engine has it.</param>
    public void Built(PlannedImage planned, ImageDetails image)
    {
        if (usesContainerdStore && planned.Image.Platforms is null)
        {
            _built[planned.Name] = new LastKey(planned.Key!.Value, KnownImage.Of(image, planned.Key.Value));
        }
    }

    /// <summary>Keeps what was told of images that were built.</summary>
    public void SaveBuilt(ResolvedGraph graph)
    {
        if (!_built.IsEmpty)
        {
            last.Save(last.Read(), _built, graph.Graph.Images.Select(image => image.Name));
        }
    }

    /// <summary>From now on all of the image's contexts count: the builder was seen to ask for more than its Dockerfile says.</summary>
    public void NeedsEverything(ResolvedImage image) => whole.Add(image);

    /// <summary>What is different since it was built, where nothing better is known.</summary>
    private async Task<PlannedImage> ExplainAsync(PlannedImage image, CancellationToken cancellationToken)
    {
        if (!image.IsUnexplained || await _memory.FindAsync(image.Image, cancellationToken).ConfigureAwait(false) is not { } before)
        {
            return image;
        }

        var differences = KeyDifference.Between(before, KeyExplanation.Of(image.Inputs!));
        return differences.Count == 0 ? image : image with { Reason = differences.Count == 1 ? $"{differences[0]}" : $"{differences[0]}, and {differences.Count - 1} more" };
    }

    private static async Task<PlannedImage> DecideAsync(
        PlannedImage image, BaseBuilds bases, ExistenceProof proof, PlanOptions options, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (image.Action == PlanAction.Blocked || image.Key is null)
        {
            return image;
        }

        if (options.NoCache || options.NoCacheImages.Contains(image.Name) || image.Image.Node.Build.NoCache)
        {
            return image with { Reason = "a build without cache was asked for", Replaces = true };
        }

        var rebuilt = image.Image.Edges.FirstOrDefault(edge => edge.Reference is not null && bases[edge.To].Action == PlanAction.Build);
        var found = proof.Find(image);
        if (found.Trouble is { } trouble)
        {
            diagnostics.Add(trouble.At(image.Image.Node.Span, image.Image.Node.DisplayName));
        }

        if (rebuilt is null && options.Output == BuildOutput.Registry)
        {
            return await RegistryOutput.DecideAsync(image, found, bases, cancellationToken).ConfigureAwait(false);
        }

        if (rebuilt is null && found.ImageId is null && image.Remembered is { } remembered && await bases.AreThoseOfAsync(image.Image, remembered, cancellationToken).ConfigureAwait(false))
        {
            return image with { Action = PlanAction.Pull, Reason = $"`{remembered.Reference.Registry}` has it", Size = remembered.Size };
        }

        if (rebuilt is not null || found.ImageId is null)
        {
            return image with { Reason = rebuilt is null ? found.Reason : $"base `{rebuilt.To}` will be rebuilt", IsUnexplained = rebuilt is null && found.Trouble is null, Replaces = image.Remembered is not null };
        }

        if (!await bases.AreThoseOfAsync(image.Image, found, cancellationToken).ConfigureAwait(false))
        {
            return image with { Reason = $"built on an older build of {string.Join(", ", image.Image.Bases.Select(name => $"`{name}`"))}" };
        }

        var missing = image.Image.Node.LocalNames.Select(name => name.Value).Where(name => !found.Names.Contains(name)).ToList();
        return image with
        {
            Action = missing.Count == 0 ? PlanAction.UpToDate : PlanAction.Retag,
            Reason = missing.Count == 0 ? "nothing changed" : $"{string.Join(", ", missing.Select(name => $"`{name.Familiar}`"))} is missing or names another image",
            ImageId = found.ImageId,
            Size = found.Size,
            MissingNames = missing,
        };
    }
}
