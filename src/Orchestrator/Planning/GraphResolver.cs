using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>
/// Reads the Dockerfile of each node and finds out what is built from what (design: edges). Everything that is wrong in any of the files is
/// reported in one go.
/// </summary>
internal sealed class GraphResolver(ImageGraph graph, string platform, DiagnosticBag diagnostics)
{
    private readonly NameTable _names = new(graph);
    private readonly List<string> _localNames = [.. graph.Images.SelectMany(image => image.LocalNames).Select(name => name.Value.Familiar)];
    private readonly Dictionary<string, ImageNode> _nodes = graph.Images.SelectMany(node => node.Aliases.Prepend(node.Name).Select(name => (name, node)))
        .ToDictionary(pair => pair.name, pair => pair.node, StringComparer.Ordinal);

    /// <returns>Null when there are errors.</returns>
    public ResolvedGraph? Resolve()
    {
        var files = new Dictionary<string, DockerfileFile>(StringComparer.Ordinal);
        foreach (var node in graph.Images)
        {
            if (DockerfileFile.Read(node, diagnostics) is { } file)
            {
                files.Add(node.Name, file);
            }
        }

        var images = graph.Images.Where(node => files.ContainsKey(node.Name)).Select(node => Image(node, files)).OfType<ResolvedImage>().ToList();
        if (diagnostics.HasErrors)
        {
            return null;
        }

        return DependencyOrder.Sort(images, diagnostics) is { } sorted ? new ResolvedGraph(graph, sorted) : null;
    }

    private ResolvedImage? Image(ImageNode node, Dictionary<string, DockerfileFile> files)
    {
        var file = files[node.Name];
        var inputs = Inputs(node);
        // Evaluated once to learn the bases, and again with the triggers that those of the graph bring along.
        if (StageResolver.Resolve(file.Document, inputs, diagnostics) is not { } closure)
        {
            return null;
        }

        var bases = Triggers(node, closure, files);
        if (bases.Count > 0 && (closure = StageResolver.Resolve(file.Document, inputs with { Bases = bases }, diagnostics)) is null)
        {
            return null;
        }

        var edges = new List<Edge>();
        var externals = new List<ExternalUse>();
        foreach (var use in closure.ExternalImages.Where(use => use.Kind is not (ImageUseKind.Syntax or ImageUseKind.StageReplacement)))
        {
            Classify(node, use.Reference.Value, use.Reference.Value, use.Reference.Span, inputs.NamedContexts, edges, externals);
        }

        AddNamedContexts(node, edges, externals);
        edges.AddRange(node.BuildAfter.Select(after => new Edge(_nodes[after.Value].Name, null, after.Span)));
        return new ResolvedImage
        {
            Node = node,
            Document = file.Document,
            Closure = closure,
            DockerfileText = file.Document.Text,
            IgnoreText = file.IgnoreText,
            Edges = [.. edges.DistinctBy(edge => (edge.To, edge.Reference))],
            Externals = [.. externals.DistinctBy(use => use.Reference)],
            LocalNames = _localNames,
        };
    }

    private DockerfileInputs Inputs(ImageNode node)
    {
        var arguments = node.Build.Arguments.Where(argument => argument.Value.Value is not null)
            .ToDictionary(argument => argument.Key, argument => argument.Value.Value!, StringComparer.Ordinal);
        return new DockerfileInputs(arguments, platform, platform, node.Build.Target?.Value)
        {
            NamedContexts = node.Build.AdditionalContexts.Select(context => Familiar(context.Key)).ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <summary>The ONBUILD triggers of bases that are in the graph, as their Dockerfiles say.</summary>
    private Dictionary<string, BaseImage> Triggers(ImageNode node, StageClosure closure, Dictionary<string, DockerfileFile> files)
    {
        var bases = new Dictionary<string, BaseImage>(StringComparer.Ordinal);
        foreach (var use in closure.ExternalImages.Where(use => use.Kind == ImageUseKind.From))
        {
            if (ImageReference.TryParse(use.Reference.Value, out var reference) && _names.Find(reference) is { } target && target != node && files.TryGetValue(target.Name, out var file))
            {
                var stage = file.Document.Stages.LastOrDefault(stage => string.Equals(stage.Name, target.Build.Target?.Value, StringComparison.OrdinalIgnoreCase)) ?? file.Document.Stages[^1];
                var triggers = stage.Instructions.Where(instruction => instruction.Trigger is not null).Select(instruction => instruction.Trigger!.Normalized).ToList();
                if (triggers.Count > 0)
                {
                    bases[use.Reference.Value] = new BaseImage(new Dictionary<string, string>(), triggers);
                }
            }
        }

        return bases;
    }

    /// <summary>A node of the graph, or an image from outside; a reference to oneself is from outside.</summary>
    private void Classify(ImageNode node, string name, string target, SourceSpan span, IReadOnlySet<string> namedContexts, List<Edge> edges, List<ExternalUse> externals)
    {
        if (target == "scratch" || namedContexts.Contains(Familiar(name)) || !ImageReference.TryParse(target, out var reference))
        {
            return;
        }

        if (_names.Find(reference) is { } found && found != node)
        {
            edges.Add(new Edge(found.Name, name, span));
        }
        else
        {
            var source = graph.Sources.TryGetValue(reference, out var mapped) ? mapped.Value : reference;
            if (node.LocalNames.Any(local => local.Value == source))
            {
                diagnostics.Add(Rules.SelfReference.At(span, node.DisplayName));
            }

            externals.Add(new ExternalUse(name, source, span));
        }
    }

    private void AddNamedContexts(ImageNode node, List<Edge> edges, List<ExternalUse> externals)
    {
        const string ImageScheme = "docker-image://";
        string[] nodeSchemes = ["service:", "target:", "image:"];
        foreach (var (name, value) in node.Build.AdditionalContexts)
        {
            if (value.Value.StartsWith(ImageScheme, StringComparison.Ordinal))
            {
                Classify(node, name, value.Value[ImageScheme.Length..], value.Span, new HashSet<string>(), edges, externals);
            }
            else if (Array.Find(nodeSchemes, scheme => value.Value.StartsWith(scheme, StringComparison.Ordinal)) is { } scheme
                && _nodes.TryGetValue(value.Value[scheme.Length..], out var target))
            {
                edges.Add(new Edge(target.Name, name, value.Span));
            }
        }
    }

    private static string Familiar(string name) => ImageReference.TryParse(name, out var reference) ? reference.Familiar : name;
}
