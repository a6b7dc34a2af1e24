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
/// <param name="platform">Of the engine: what is built for where the graph does not say.</param>
/// <param name="externals">What is known of images from outside; those that are not here are taken to have nothing that matters.</param>
/// <param name="diagnostics">Receives what is wrong.</param>
internal sealed class GraphResolver(
    ImageGraph graph, IReadOnlyDictionary<string, DockerfileFile> files, string platform, IReadOnlyDictionary<ImageReference, ExternalImage> externals, DiagnosticBag diagnostics)
{
    /// <summary>The repositories of the frontend that reads Dockerfiles as this product does.</summary>
    private static readonly string[] KnownFrontends = ["docker/dockerfile", "docker/dockerfile-upstream"];

    private readonly NodeClosures _closures = new(graph, files, platform, externals, diagnostics);
    private readonly PlatformCheck _check = new(diagnostics);
    private readonly string _own = PlatformName.Normalize(platform);
    private readonly List<string> _localNames = [.. graph.Images.SelectMany(image => image.LocalNames).Select(name => name.Value.Familiar)];

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

    private ResolvedImage? Image(ImageNode node)
    {
        var evaluations = new List<PlatformClosure>();
        foreach (var target in _closures.PlatformsOf(node))
        {
            if (_closures.Of(node, target) is not { } evaluated)
            {
                return null;
            }

            evaluations.Add(new PlatformClosure(target, evaluated));
        }

        var edges = new List<Edge>();
        var uses = new List<ExternalUse>();
        evaluations.ForEach(evaluation => AddUses(node, evaluation, edges, uses));
        evaluations.ForEach(evaluation => AddNamedContexts(node, evaluation, edges, uses));
        if (node.Build.SbomGenerator is { } generator)
        {
            Classify(node, generator.Value, generator, [_own], edges, uses); // it is run by the builder, for whatever platforms the image is
        }

        edges.AddRange(node.BuildAfter.Select(after => new Edge(_closures.Node(after.Value).Name, null, after.Span)));
        var document = files[node.Name].Document;
        _check.StageNames(node, document, evaluations);
        var closure = StageClosure.Union([.. evaluations.Select(evaluation => evaluation.Closure)]);
        return new ResolvedImage
        {
            Node = node,
            Document = document,
            Closure = closure,
            Platforms = _closures.FurtherPlatforms(node),
            Evaluations = evaluations,
            BuildPlatform = _own,
            IgnoreText = files[node.Name].IgnoreText,
            Edges = [.. edges.DistinctBy(edge => $"{edge.To} {edge.Reference}")],
            Externals = [.. uses.DistinctBy(use => $"{use.Reference} {use.IsOtherPlatform} {use.Platform}")],
            Frontend = Frontend(closure),
            HasOtherFrontend = HasOtherFrontend(closure),
            LocalNames = _localNames,
        };
    }

    private void AddUses(ImageNode node, PlatformClosure evaluation, List<Edge> edges, List<ExternalUse> externals)
    {
        var namedContexts = NodeClosures.NamedContexts(node);
        var hasOtherFrontend = HasOtherFrontend(evaluation.Closure);
        foreach (var use in evaluation.Closure.ExternalImages.Where(use => use.Kind is not (ImageUseKind.Syntax or ImageUseKind.StageReplacement) || (use.Kind == ImageUseKind.Syntax && hasOtherFrontend)))
        {
            if (!namedContexts.Contains(ContextPaths.Familiar(use.Reference.Value)))
            {
                var taken = _closures.PlatformOf(use, evaluation.Platform);
                Classify(node, use.Reference.Value, use.Reference, [use.Kind == ImageUseKind.Syntax ? _own : taken], edges, externals);
            }
        }
    }

    private ExternalUse? Frontend(StageClosure closure) =>
        Syntax(closure) is { } written && ImageReference.TryParse(written.Value, out var reference)
            ? new ExternalUse(written.Value, _closures.Source(reference), written.Span) { IsFrontend = true }
            : null;

    /// <summary>A node of the graph, or an image from outside; a reference to oneself is from outside.</summary>
    /// <param name="name">As BuildKit looks it up.</param>
    /// <param name="target">The reference that it stands for.</param>
    /// <param name="platforms">What it is taken for.</param>
    private void Classify(ImageNode node, string name, Located<string> target, IReadOnlyList<string> platforms, List<Edge> edges, List<ExternalUse> externals)
    {
        if (target.Value == "scratch" || !ImageReference.TryParse(target.Value, out var reference))
        {
            return;
        }

        if (_closures.Find(reference) is { } found && found != node)
        {
            edges.Add(new Edge(found.Name, name, target.Span));
            _check.Base(node, found, _closures.PlatformsOf(found), platforms, target.Span);
            return;
        }

        var source = _closures.Source(reference);
        if (node.LocalNames.Any(local => local.Value == source))
        {
            diagnostics.Add(Rules.SelfReference.At(target.Span, node.DisplayName));
        }

        externals.AddRange(_closures.FurtherPlatforms(node) is null
            ? [new ExternalUse(name, source, target.Span) { IsOtherPlatform = platforms.Any(taken => taken != _own) }]
            : platforms.Select(taken => new ExternalUse(name, source, target.Span) { Platform = taken == _own ? null : taken }));
    }

    /// <summary>It is a part of the build like a base: what it makes of the Dockerfile depends on it. A mirror of Docker's own has the same path elsewhere.</summary>
    private bool HasOtherFrontend(StageClosure closure) => Syntax(closure) is { } written
        && !(ImageReference.TryParse(written.Value, out var reference) && reference.Registry == ImageReference.DefaultRegistry && KnownFrontends.Contains(reference.Repository)
            && KnownFrontends.Any(known => $"/{_closures.Source(reference).Repository}".EndsWith($"/{known}", StringComparison.Ordinal)));

    private static Located<string>? Syntax(StageClosure closure) => closure.ExternalImages.FirstOrDefault(use => use.Kind == ImageUseKind.Syntax)?.Reference;

    private void AddNamedContexts(ImageNode node, PlatformClosure evaluation, List<Edge> edges, List<ExternalUse> externals)
    {
        foreach (var (name, value) in node.Build.AdditionalContexts)
        {
            var familiar = ContextPaths.Familiar(name);
            List<string> platforms = [.. evaluation.Closure.ExternalImages.Where(use => ContextPaths.Familiar(use.Reference.Value) == familiar)
                .Select(use => _closures.PlatformOf(use, evaluation.Platform)).DefaultIfEmpty(evaluation.Platform).Distinct(StringComparer.Ordinal)];
            if (value.Value.StartsWith(BuildDefinition.ImageScheme, StringComparison.Ordinal))
            {
                Classify(node, name, value with { Value = value.Value[BuildDefinition.ImageScheme.Length..] }, platforms, edges, externals);
            }
            else if (_closures.Linked(value.Value) is { } target)
            {
                edges.Add(new Edge(target.Name, name, value.Span));
                _check.Base(node, target, _closures.PlatformsOf(target), platforms, value.Span);
            }
        }
    }
}
