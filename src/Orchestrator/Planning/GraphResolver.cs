using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>
/// Finds out what is built from what (design: edges), from Dockerfiles that were read and from what is known of base images.
/// Everything that is wrong in any of the files is reported in one go.
/// </summary>
/// <param name="graph">What the graph file says.</param>
/// <param name="files">The Dockerfiles that could be read, by node.</param>
/// <param name="platform">What is built for.</param>
/// <param name="externals">What is known of images from outside; those that are not here are taken to have nothing that matters.</param>
/// <param name="diagnostics">Receives what is wrong.</param>
internal sealed class GraphResolver(
    ImageGraph graph, IReadOnlyDictionary<string, DockerfileFile> files, string platform, IReadOnlyDictionary<ImageReference, ExternalImage> externals, DiagnosticBag diagnostics)
{
    private const string ImageScheme = "docker-image://";

    private static readonly string[] NodeSchemes = ["service:", "target:", "image:"];

    private readonly NameTable _names = new(graph);
    private readonly List<string> _localNames = [.. graph.Images.SelectMany(image => image.LocalNames).Select(name => name.Value.Familiar)];
    private readonly Dictionary<string, ImageNode> _nodes = ByName(graph);

    /// <summary>Null while a node is being evaluated, and when it could not be.</summary>
    private readonly Dictionary<string, StageClosure?> _closures = new(StringComparer.Ordinal);

    /// <returns>Null when there are errors.</returns>
    public ResolvedGraph? Resolve()
    {
        var images = graph.Images.Where(node => files.ContainsKey(node.Name)).Select(Image).OfType<ResolvedImage>().ToList();
        if (diagnostics.HasErrors)
        {
            return null;
        }

        return DependencyOrder.Sort(images, diagnostics) is { } sorted ? new ResolvedGraph(graph, sorted) : null;
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

    private ResolvedImage? Image(ImageNode node)
    {
        if (Closure(node) is not { } closure)
        {
            return null;
        }

        var namedContexts = NamedContexts(node);
        var edges = new List<Edge>();
        var uses = new List<ExternalUse>();
        foreach (var use in closure.ExternalImages.Where(use => use.Kind is not (ImageUseKind.Syntax or ImageUseKind.StageReplacement) || IsOtherFrontend(use, closure)))
        {
            Classify(node, use.Reference.Value, use.Reference.Value, use.Reference.Span, namedContexts, edges, uses, use.Platform is { } other && other != platform);
        }

        AddNamedContexts(node, edges, uses);
        if (node.Build.SbomGenerator is { } generator)
        {
            Classify(node, generator.Value, generator.Value, generator.Span, new HashSet<string>(), edges, uses);
        }

        edges.AddRange(node.BuildAfter.Select(after => new Edge(_nodes[after.Value].Name, null, after.Span)));
        return new ResolvedImage
        {
            Node = node,
            Document = files[node.Name].Document,
            Closure = closure,
            IgnoreText = files[node.Name].IgnoreText,
            Edges = [.. edges.DistinctBy(edge => $"{edge.To} {edge.Reference}")],
            Externals = [.. uses.DistinctBy(use => $"{use.Reference} {use.IsOtherPlatform}")],
            Frontend = Frontend(closure),
            LocalNames = _localNames,
        };
    }

    /// <summary>Evaluated once to learn the bases, and again when their triggers or variables take part.</summary>
    private StageClosure? Closure(ImageNode node)
    {
        if (_closures.TryGetValue(node.Name, out var known) || !files.TryGetValue(node.Name, out var file))
        {
            return known;
        }

        _closures.Add(node.Name, null);
        var inputs = Inputs(node);
        var closure = StageResolver.Resolve(file.Document, inputs, diagnostics);
        if (closure is not null && Bases(node, closure) is { Count: > 0 } bases
            && (closure.NeedsBaseEnvironment || bases.Values.Any(image => image.Triggers.Count > 0)))
        {
            closure = StageResolver.Resolve(file.Document, inputs with { Bases = bases }, diagnostics);
        }

        return _closures[node.Name] = closure;
    }

    private DockerfileInputs Inputs(ImageNode node)
    {
        var arguments = node.Build.Arguments.Where(argument => argument.Value.Value is not null)
            .ToDictionary(argument => argument.Key, argument => argument.Value.Value!, StringComparer.Ordinal);
        return new DockerfileInputs(arguments, platform, platform, node.Build.Target?.Value) { NamedContexts = NamedContexts(node) };
    }

    private static HashSet<string> NamedContexts(ImageNode node) =>
        node.Build.AdditionalContexts.Select(context => ContextPaths.Familiar(context.Key)).ToHashSet(StringComparer.Ordinal);

    /// <summary>What is known of the images that the stages start from: those of the graph by their Dockerfiles, others by their configuration.</summary>
    private Dictionary<string, BaseImage> Bases(ImageNode node, StageClosure closure)
    {
        var bases = new Dictionary<string, BaseImage>(StringComparer.Ordinal);
        foreach (var use in closure.ExternalImages.Where(use => use.Kind is ImageUseKind.From or ImageUseKind.StageReplacement))
        {
            if (Base(node, use.Reference.Value) is { } known)
            {
                bases[use.Reference.Value] = known;
            }
        }

        return bases;
    }

    private BaseImage? Base(ImageNode node, string name)
    {
        var familiar = ContextPaths.Familiar(name);
        if (node.Build.AdditionalContexts.LastOrDefault(context => ContextPaths.Familiar(context.Key) == familiar).Value?.Value is { } context)
        {
            return Path.IsPathRooted(context) ? BaseImage.Empty
                : context.StartsWith(ImageScheme, StringComparison.Ordinal) ? BaseOf(node, context[ImageScheme.Length..])
                : Linked(context) is { } linked ? ImageOf(linked) : null;
        }

        return BaseOf(node, name);
    }

    private BaseImage? BaseOf(ImageNode node, string name)
    {
        if (!ImageReference.TryParse(name, out var reference))
        {
            return null;
        }

        if (_names.Find(reference) is { } target && target != node)
        {
            return ImageOf(target);
        }

        return externals.TryGetValue(Source(reference), out var external) && external.IsKnown ? new BaseImage(external.Environment, external.Triggers) : null;
    }

    /// <summary>A base that starts from something itself has that one's variables too.</summary>
    private BaseImage? ImageOf(ImageNode target)
    {
        if (Closure(target) is not { } closure || closure.Image.IsComplete)
        {
            return _closures.GetValueOrDefault(target.Name)?.Image;
        }

        var bases = Bases(target, closure);
        return StageResolver.Resolve(files[target.Name].Document, Inputs(target) with { Bases = bases }, diagnostics)?.Image;
    }

    private ExternalUse? Frontend(StageClosure closure) =>
        closure.ExternalImages.FirstOrDefault(use => use.Kind == ImageUseKind.Syntax)?.Reference is { } written && ImageReference.TryParse(written.Value, out var reference)
            ? new ExternalUse(written.Value, Source(reference), written.Span) { IsFrontend = true }
            : null;

    private ImageReference Source(ImageReference reference) => graph.Sources.TryGetValue(reference, out var mapped) ? mapped.Value : reference;

    /// <summary>A node of the graph, or an image from outside; a reference to oneself is from outside.</summary>
    private void Classify(ImageNode node, string name, string target, SourceSpan span, IReadOnlySet<string> namedContexts, List<Edge> edges, List<ExternalUse> externals, bool isOtherPlatform = false)
    {
        if (target == "scratch" || namedContexts.Contains(ContextPaths.Familiar(name)) || !ImageReference.TryParse(target, out var reference))
        {
            return;
        }

        if (_names.Find(reference) is { } found && found != node)
        {
            edges.Add(new Edge(found.Name, name, span));
        }
        else
        {
            var source = Source(reference);
            if (node.LocalNames.Any(local => local.Value == source))
            {
                diagnostics.Add(Rules.SelfReference.At(span, node.DisplayName));
            }

            externals.Add(new ExternalUse(name, source, span) { IsOtherPlatform = isOtherPlatform });
        }
    }

    /// <summary>The node that a named context such as <c>service:api</c> means.</summary>
    private ImageNode? Linked(string context) =>
        Array.Find(NodeSchemes, scheme => context.StartsWith(scheme, StringComparison.Ordinal)) is { } scheme ? _nodes.GetValueOrDefault(context[scheme.Length..]) : null;

    /// <summary>It is a part of the build like a base: what it makes of the Dockerfile depends on it.</summary>
    private static bool IsOtherFrontend(ImageUse use, StageClosure closure) => use.Kind == ImageUseKind.Syntax && ImageContexts.UsesOtherFrontend(closure);

    private void AddNamedContexts(ImageNode node, List<Edge> edges, List<ExternalUse> externals)
    {
        foreach (var (name, value) in node.Build.AdditionalContexts)
        {
            if (value.Value.StartsWith(ImageScheme, StringComparison.Ordinal))
            {
                Classify(node, name, value.Value[ImageScheme.Length..], value.Span, new HashSet<string>(), edges, externals);
            }
            else if (Linked(value.Value) is { } target)
            {
                edges.Add(new Edge(target.Name, name, value.Span));
            }
        }
    }
}
