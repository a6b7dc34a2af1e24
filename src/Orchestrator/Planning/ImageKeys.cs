using Orchestrator.BuildKit.FileSync;
using Orchestrator.Contexts;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Keys;
using Orchestrator.Locking;

namespace Orchestrator.Planning;

/// <summary>Reads contexts and computes the keys of images in dependency order. Asks no engine; what is known of external images is given.</summary>
/// <param name="platform">That is built for.</param>
/// <param name="proxies">Proxy settings of Docker's configuration.</param>
/// <param name="locked">What references stand for.</param>
internal sealed class ImageKeys(string platform, IReadOnlyList<KeyValuePair<string, string>> proxies, ContextReader contexts, LockFile locked, WholeContexts whole)
{
    private readonly ImageContexts _contexts = new(contexts, whole);

    /// <summary>All at once, since keys are computed one after the other; what goes wrong comes up again there.</summary>
    public void ReadContexts(ResolvedGraph graph, CancellationToken cancellationToken) =>
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

    /// <summary>By the images' names. Faster when the contexts were read.</summary>
    public Dictionary<string, PlannedImage> All(
        ResolvedGraph graph, IReadOnlyDictionary<ImageReference, ExternalImage> externals, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var keyed = new Dictionary<string, PlannedImage>(StringComparer.Ordinal);
        foreach (var image in graph.Images)
        {
            keyed.Add(image.Name, Key(image, keyed, externals, diagnostics, cancellationToken));
        }

        return keyed;
    }

    /// <summary>The context and key of one image; <see cref="PlanAction.Build"/> until something better is known.</summary>
    public PlannedImage Key(
        ResolvedImage image, IReadOnlyDictionary<string, PlannedImage> bases, IReadOnlyDictionary<ImageReference, ExternalImage> externals, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (image.Node.Build.IsUnpublished)
        {
            throw new InvalidOperationException($"'{image.Name}' has a project that was not published: a key would be about nothing.");
        }

        if (Obstacle(image, bases, externals, diagnostics) is { } obstacle)
        {
            return obstacle;
        }

        var remotes = LockedUses.Of(image, locked);
        if (LockedUses.Conflicts(remotes).ToList() is { Count: > 0 } conflicts)
        {
            diagnostics.AddRange(conflicts);
            return Without(image, PlanAction.Blocked, "images.lock pins one repository to several commits");
        }

        try
        {
            var inputs = new KeyInputs
            {
                Platform = image.Platforms is { } platforms ? string.Join(',', platforms) : platform,
                Document = image.Document,
                Closure = image.Evaluations[0].Closure,
                Others = [.. image.Evaluations.Skip(1).Select(evaluation => evaluation.Closure)],
                Definition = image.Node.Build,
                Context = _contexts.Main(image, cancellationToken),
                NamedContexts = _contexts.Named(image, cancellationToken),
                Parents = [.. image.Edges.Where(edge => edge.Reference is not null).Select(edge => new KeyParent(edge.Reference!, edge.To, bases[edge.To].Key!.Value.Hex))],
                Proxies = [.. DeclaredProxies(image)],
                Externals = [.. image.Externals.Select(use => new NamedText(Name(image, use), Identity(use, externals[use.Source].For(use)))), .. FrontendIdentity(image) is { } reader ? [new NamedText($"syntax {image.Frontend!.Reference}", reader)] : Array.Empty<NamedText>()],
                Remotes = [.. remotes.DistinctBy(remote => remote.Pin).Select(remote => new NamedText($"{remote.Pin.Source}", remote.Pin.Digest))],
                Refresh = locked.RefreshOf(image.Name),
                IsOtherFrontend = image.HasOtherFrontend,
            };
            return new PlannedImage { Image = image, Action = PlanAction.Build, Reason = "no image with this key", Key = ImageKey.Compute(inputs), Inputs = inputs, Frontend = Frontend(image), LockedUses = remotes };
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
            var external = externals[use.Source].For(use);
            if (external.Failure is { } failure)
            {
                diagnostics.Add(Rules.BaseImageMissing.At(use.Span, use.Source.Familiar, image.Node.DisplayName, failure, image.Suggestion(use)));
                return Without(image, PlanAction.Blocked, $"base image `{use.Source.Familiar}` cannot be had");
            }

            if (external.Mismatch is var (found, expected))
            {
                diagnostics.Add(Rules.PinBroken.At(use.Span, use.Source.Familiar, expected, found));
                return Without(image, PlanAction.Blocked, $"`{use.Source.Familiar}` is not the image that is locked");
            }

            if (external.Identity is null)
            {
                return Without(image, PlanAction.Build, $"base image `{use.Source.Familiar}` is not here yet{(image.Suggestion(use) is { Length: > 0 } suggestion ? "." + suggestion : "")}");
            }
        }

        var unknown = image.Edges.FirstOrDefault(edge => bases[edge.To].Key is null);
        return unknown is null ? null : Without(image, PlanAction.Build, $"base `{unknown.To}` will be rebuilt");
    }

    /// <summary>
    /// An image of several platforms is looked up as the engine's own one. Where another is taken, the engine's ID stands for all of them: it may differ without
    /// need, never agree without reason.
    /// </summary>
    private static string Identity(ExternalUse use, ExternalImage external) => use.IsOtherPlatform ? $"{external.Identity} of {external.ImageId}" : external.Identity!;

    /// <summary>Names the platform where there are several, the engine's own too: engines of different platforms then agree on the key.</summary>
    private string Name(ResolvedImage image, ExternalUse use)
    {
        var taken = use.Platform ?? PlatformName.Normalize(platform);
        return image.Platforms is null || (image.Platforms is [var single] && single == taken) ? use.Reference : $"{use.Reference} for {taken}";
    }

    /// <summary>The Dockerfile names what reads it; what stands in its place is in the key besides.</summary>
    private string? FrontendIdentity(ResolvedImage image) => LockedFrontend(image) ?? Frontend(image);

    private string? LockedFrontend(ResolvedImage image) =>
        image.Frontend is { Source: var source } && locked.Find(source, platform) is { IsContent: false } pin ? pin.Digest : null;

    /// <summary>What reads the Dockerfile in place of what it says: where <c>sources</c> maps it, and what the lock pins it to.</summary>
    private string? Frontend(ResolvedImage image) => image.Frontend is not { Source: var source } use ? null
        : LockedFrontend(image) is { } digest ? new ImageReference(source.Registry, source.Repository, null, digest).ToString()
        : use.IsMapped ? source.ToString() : null;

    /// <summary>Proxies are outside the key, as in BuildKit, unless they may reach a stage as its own arguments, or something else reads the Dockerfile.</summary>
    private IEnumerable<NamedText> DeclaredProxies(ResolvedImage image) =>
        proxies.Where(proxy => (image.HasOtherFrontend || image.Closure.Arguments.Any(argument => argument.Name == proxy.Key) || image.DockerfileText.Contains(proxy.Key, StringComparison.Ordinal))
                && image.Node.Build.Arguments.All(argument => argument.Key != proxy.Key || argument.Value.Value is null))
            .Select(proxy => new NamedText(proxy.Key, proxy.Value));

    private static PlannedImage Without(ResolvedImage image, PlanAction action, string reason) =>
        new() { Image = image, Action = action, Reason = reason };
}
