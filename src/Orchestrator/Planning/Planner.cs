using Orchestrator.BuildKit.FileSync;
using Orchestrator.Contexts;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Keys;

namespace Orchestrator.Planning;

/// <summary>
/// Says for each image what has to happen and why, without building anything: reads contexts, computes keys in dependency order, asks the
/// engine once for the proof that images with these keys exist.
/// </summary>
internal sealed class Planner(
    DockerEngine engine, bool usesContainerdStore, string platform, IReadOnlyList<KeyValuePair<string, string>> proxies, ContextReader contexts, ExplanationStore explanations, FindRemembered? findRemembered = null)
{
    private readonly ImageContexts _contexts = new(contexts);
    private readonly BuildMemory _memory = new(engine, explanations);

    public async Task<Plan> PlanAsync(
        ResolvedGraph graph, IReadOnlyDictionary<ImageReference, ExternalImage> externals, PlanOptions options, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var asking = ExistenceProof.BeginAsync(engine, usesContainerdStore, graph.Graph, cancellationToken);
        await Task.WhenAll(asking, Task.Run(() => ReadContexts(graph, cancellationToken), cancellationToken)).ConfigureAwait(false);
        var keyed = new Dictionary<string, PlannedImage>(StringComparer.Ordinal);
        foreach (var image in graph.Images)
        {
            keyed.Add(image.Name, Key(image, keyed, externals, diagnostics, cancellationToken));
        }

        var proof = await asking.ConfigureAwait(false);
        await proof.EndAsync(engine, usesContainerdStore, keyed.Values, cancellationToken).ConfigureAwait(false);
        var remembered = await RememberedAsync(keyed.Values, proof, options, cancellationToken).ConfigureAwait(false);
        var planned = new Dictionary<string, PlannedImage>(StringComparer.Ordinal);
        var bases = new BaseBuilds(engine, graph.Graph, planned);
        foreach (var image in graph.Images)
        {
            planned.Add(image.Name, await DecideAsync(keyed[image.Name] with { Remembered = remembered.GetValueOrDefault(image.Name) }, bases, proof, options, diagnostics, cancellationToken).ConfigureAwait(false));
        }

        return new Plan(graph, await Task.WhenAll(graph.Images.Select(image => ExplainAsync(planned[image.Name], cancellationToken))).ConfigureAwait(false));
    }

    /// <summary>Registries are asked only for what the engine does not have.</summary>
    private async Task<Dictionary<string, RememberedImage>> RememberedAsync(
        IEnumerable<PlannedImage> images, ExistenceProof proof, PlanOptions options, CancellationToken cancellationToken)
    {
        List<PlannedImage> absent = findRemembered is null || options.NoCache ? [] : [.. images.Where(image => image.Key is not null && proof.Find(image).ImageId is null)];
        var found = absent.Count == 0 ? [] : await findRemembered!(absent, cancellationToken).ConfigureAwait(false);
        return found.ToDictionary(image => image.Name, StringComparer.Ordinal);
    }

    /// <summary>All at once, since keys are computed one after the other; what goes wrong comes up again there.</summary>
    private void ReadContexts(ResolvedGraph graph, CancellationToken cancellationToken) =>
        Parallel.ForEach(graph.Images, new ParallelOptions { CancellationToken = cancellationToken }, image =>
        {
            try
            {
                _ = _contexts.Main(image, cancellationToken).Digest;
                foreach (var named in _contexts.Named(image, cancellationToken).Values)
                {
                    _ = named.Digest;
                }
            }
            catch (Exception exception) when (exception is SyncTreeException or FormatException or IOException or UnauthorizedAccessException)
            {
            }
        });

    /// <summary>
    /// The context and key of one image; <see cref="PlanAction.Build"/> until something better is known. Used again when files changed between
    /// planning and building.
    /// </summary>
    public PlannedImage Key(
        ResolvedImage image, IReadOnlyDictionary<string, PlannedImage> bases, IReadOnlyDictionary<ImageReference, ExternalImage> externals, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (Obstacle(image, bases, externals, diagnostics) is { } obstacle)
        {
            return obstacle;
        }

        try
        {
            var inputs = new KeyInputs
            {
                Platform = platform,
                Document = image.Document,
                Closure = image.Closure,
                Definition = image.Node.Build,
                Context = _contexts.Main(image, cancellationToken),
                NamedContexts = _contexts.Named(image, cancellationToken),
                Parents = [.. image.Edges.Where(edge => edge.Reference is not null).Select(edge => (edge.Reference!, edge.To, bases[edge.To].Key!.Value.Hex))],
                Proxies = [.. DeclaredProxies(image)],
                Externals = [.. image.Externals.Select(use => (use.Reference, externals[use.Source].Identity!))],
                IsOtherFrontend = ImageContexts.UsesOtherFrontend(image),
            };
            return new PlannedImage { Image = image, Action = PlanAction.Build, Reason = "no image with this key", Key = ImageKey.Compute(inputs), Inputs = inputs };
        }
        catch (Exception exception) when (exception is SyncTreeException or FormatException or IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Rules.ContextUnreadable.At(image.Node.Build.Context.Span, image.Node.DisplayName, exception.Message + "."));
            return Without(image, PlanAction.Blocked, "its build context cannot be read");
        }
    }

    /// <summary>What keeps an image's key from being known: a blocked base, or an external image that is not here.</summary>
    private static PlannedImage? Obstacle(
        ResolvedImage image, IReadOnlyDictionary<string, PlannedImage> bases, IReadOnlyDictionary<ImageReference, ExternalImage> externals, DiagnosticBag diagnostics)
    {
        foreach (var edge in image.Edges)
        {
            if (bases[edge.To].Action == PlanAction.Blocked)
            {
                return Without(image, PlanAction.Blocked, $"base `{edge.To}` cannot be built");
            }
        }

        foreach (var use in image.Externals)
        {
            var external = externals[use.Source];
            if (external.Failure is { } failure)
            {
                diagnostics.Add(Rules.BaseImageMissing.At(use.Span, use.Source.Familiar, image.Node.DisplayName, failure, image.Suggestion(use)));
                return Without(image, PlanAction.Blocked, $"base image `{use.Source.Familiar}` cannot be had");
            }

            if (external.Identity is null)
            {
                return Without(image, PlanAction.Build, $"base image `{use.Source.Familiar}` is not here yet");
            }
        }

        var unknown = image.Edges.FirstOrDefault(edge => bases[edge.To].Key is null);
        return unknown is null ? null : Without(image, PlanAction.Build, $"base `{unknown.To}` will be rebuilt");
    }

    /// <summary>Proxies are outside the key, as in BuildKit, unless a stage declares them as its own arguments.</summary>
    private IEnumerable<(string Name, string Value)> DeclaredProxies(ResolvedImage image) =>
        proxies.Where(proxy => image.Closure.Arguments.Any(argument => argument.Name == proxy.Key) && image.Node.Build.Arguments.All(argument => argument.Key != proxy.Key))
            .Select(proxy => (proxy.Key, proxy.Value));

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
            return image with { Reason = "a build without cache was asked for" };
        }

        var rebuilt = image.Image.Edges.FirstOrDefault(edge => edge.Reference is not null && bases[edge.To].Action == PlanAction.Build);
        var found = proof.Find(image);
        if (found.IsForeign)
        {
            diagnostics.Add(Rules.ForeignImage.At(image.Image.Node.Span, image.Image.Node.DisplayName));
        }

        if (rebuilt is null && found.ImageId is null && image.Remembered is { } remembered
            && (image.Image.Bases.Count == 0 || remembered.BasesContent == await bases.ContentAsync(image.Image, cancellationToken).ConfigureAwait(false)))
        {
            return image with { Action = PlanAction.Pull, Reason = $"`{remembered.Reference.Registry}` has it", Size = remembered.Size };
        }

        if (rebuilt is not null || found.ImageId is null)
        {
            return image with { Reason = rebuilt is null ? found.Reason : $"base `{rebuilt.To}` will be rebuilt", IsUnexplained = rebuilt is null && !found.IsForeign };
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

    private static PlannedImage Without(ResolvedImage image, PlanAction action, string reason) =>
        new() { Image = image, Action = action, Reason = reason };
}
