using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>Evaluates the Dockerfiles of a graph's nodes, each once for each platform, with what is known of their bases.</summary>
/// <param name="graph">What the graph file says.</param>
/// <param name="files">The Dockerfiles that could be read, by node.</param>
/// <param name="platform">Of the engine.</param>
/// <param name="externals">What is known of images from outside; those that are not here are taken to have nothing that matters.</param>
/// <param name="diagnostics">Receives what is wrong.</param>
internal sealed class NodeClosures(
    ImageGraph graph, IReadOnlyDictionary<string, DockerfileFile> files, string platform, IReadOnlyDictionary<ImageReference, ExternalImage> externals, DiagnosticBag diagnostics)
{
    private static readonly string[] NodeSchemes = ["service:", "target:", "image:"];

    private readonly string _own = PlatformName.Normalize(platform);
    private readonly NameTable _names = new(graph);
    private readonly Dictionary<string, ImageNode> _nodes = ByName(graph);

    /// <summary>Null while a node is being evaluated, and when it could not be.</summary>
    private readonly Dictionary<(string Node, string Platform), StageClosure?> _closures = [];

    /// <summary>What images have with what they inherit; null while that is being found out, so that a circle of bases ends here and is told as such later.</summary>
    private readonly Dictionary<(string Node, string Platform), BaseImage?> _images = [];

    /// <summary>What a node is built for; the engine's platform where it does not say.</summary>
    public IReadOnlyList<string> PlatformsOf(ImageNode node) => FurtherPlatforms(node) ?? [_own];

    /// <summary>Sorted, so that their order in the file decides nothing; null: just the engine's.</summary>
    public IReadOnlyList<string>? FurtherPlatforms(ImageNode node) =>
        node.Build.Platforms.All(written => written.Value == _own) ? null : [.. node.Build.Platforms.Select(written => written.Value).Order(StringComparer.Ordinal)];

    /// <summary>The platform that an image is taken for: that of the stage, else that of the build.</summary>
    public string PlatformOf(ImageUse use, string target) => use.Platform is { } written && PlatformName.Parse(written, _own) is { } parsed ? parsed : target;

    public ImageNode Node(string name) => _nodes[name];

    /// <summary>The node that a reference means; null for an image from outside.</summary>
    public ImageNode? Find(ImageReference reference) => _names.Find(reference);

    /// <summary>The node that a named context such as <c>service:api</c> means.</summary>
    public ImageNode? Linked(string context) =>
        Array.Find(NodeSchemes, scheme => context.StartsWith(scheme, StringComparison.Ordinal)) is { } scheme ? _nodes.GetValueOrDefault(context[scheme.Length..]) : null;

    /// <summary>Where an external reference really comes from.</summary>
    public ImageReference Source(ImageReference reference) => graph.Sources.TryGetValue(reference, out var mapped) ? mapped.Value : reference;

    public static HashSet<string> NamedContexts(ImageNode node) =>
        node.Build.AdditionalContexts.Select(context => ContextPaths.Familiar(context.Key)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Evaluated once to learn the bases, and again when their triggers or variables take part.</summary>
    public StageClosure? Of(ImageNode node, string target)
    {
        if (_closures.TryGetValue((node.Name, target), out var known) || !files.TryGetValue(node.Name, out var file))
        {
            return known;
        }

        _closures.Add((node.Name, target), null);
        var inputs = Inputs(node, target);
        var closure = StageResolver.Resolve(file.Document, inputs, diagnostics);
        if (closure is not null && Bases(node, closure, target) is { Count: > 0 } bases
            && (closure.NeedsBaseEnvironment || bases.Values.Any(image => image.Triggers.Count > 0)))
        {
            closure = StageResolver.Resolve(file.Document, inputs with { Bases = bases }, diagnostics);
        }

        return _closures[(node.Name, target)] = closure;
    }

    private static Dictionary<string, ImageNode> ByName(ImageGraph graph)
    {
        var nodes = new Dictionary<string, ImageNode>(StringComparer.Ordinal);
        foreach (var node in graph.Images)
        {
            nodes.Add(node.Name, node);
            foreach (var alias in node.Aliases)
            {
                nodes.Add(alias, node);
            }
        }

        return nodes;
    }

    /// <summary>The engine's own platform goes in as the engine writes it.</summary>
    private DockerfileInputs Inputs(ImageNode node, string target)
    {
        var arguments = node.Build.Arguments.Where(argument => argument.Value.Value is not null)
            .ToDictionary(argument => argument.Key, argument => argument.Value.Value!, StringComparer.Ordinal);
        return new DockerfileInputs(arguments, target == _own ? platform : target, platform, node.Build.Target?.Value) { TargetPlace = node.Build.Target?.Span, NamedContexts = NamedContexts(node) };
    }

    /// <summary>
    /// What is known of the images that the stages start from: those of the graph by their Dockerfiles, others by their configuration. Of a reference that is taken for
    /// several platforms, all must be known.
    /// </summary>
    private Dictionary<string, BaseImage> Bases(ImageNode node, StageClosure closure, string target)
    {
        var bases = new Dictionary<string, BaseImage>(StringComparer.Ordinal);
        foreach (var uses in closure.ExternalImages.Where(use => use.Kind is ImageUseKind.From or ImageUseKind.StageReplacement).GroupBy(use => use.Reference.Value))
        {
            var known = uses.Select(use => (use.Platform, Image: Base(node, uses.Key, PlatformOf(use, target)))).ToList();
            foreach (var (written, image) in known.TrueForAll(item => item.Image is not null) ? known : [])
            {
                bases[DockerfileInputs.BaseName(uses.Key, written)] = image!;
            }
        }

        return bases;
    }

    private BaseImage? Base(ImageNode node, string name, string target)
    {
        var familiar = ContextPaths.Familiar(name);
        if (node.Build.AdditionalContexts.LastOrDefault(context => ContextPaths.Familiar(context.Key) == familiar).Value?.Value is { } context)
        {
            return Path.IsPathRooted(context) || context == BuildDefinition.EmptyImage ? BaseImage.Empty
                : context.StartsWith(BuildDefinition.ImageScheme, StringComparison.Ordinal) ? BaseOf(node, context[BuildDefinition.ImageScheme.Length..], target)
                : Linked(context) is { } linked ? ImageOf(linked, target) : null;
        }

        return BaseOf(node, name, target);
    }

    private BaseImage? BaseOf(ImageNode node, string name, string target)
    {
        if (!ImageReference.TryParse(name, out var reference))
        {
            return null;
        }

        if (_names.Find(reference) is { } found && found != node)
        {
            return ImageOf(found, target);
        }

        return externals.TryGetValue(Source(reference), out var external) && external.For(IsOwn(node, target) ? null : target) is { IsKnown: true } known ? new BaseImage(known.Environment, known.Triggers) : null;
    }

    /// <summary>An image for the engine takes images from outside as the engine shows them.</summary>
    private bool IsOwn(ImageNode node, string target) => target == _own || FurtherPlatforms(node) is null;

    /// <summary>A base that starts from something itself has that one's variables too.</summary>
    private BaseImage? ImageOf(ImageNode node, string wanted)
    {
        // What a base lacks is reported where it is used.
        var platforms = PlatformsOf(node);
        var target = platforms.Contains(wanted) ? wanted : platforms[0];
        if (_images.TryGetValue((node.Name, target), out var known))
        {
            return known;
        }

        if (Of(node, target) is not { } closure)
        {
            return null;
        }

        _images.Add((node.Name, target), null);
        return _images[(node.Name, target)] = closure.Image.IsComplete ? closure.Image
            : StageResolver.Resolve(files[node.Name].Document, Inputs(node, target) with { Bases = Bases(node, closure, target) }, diagnostics)?.Image;
    }
}
