using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>Checks the names of nodes that nodes mention, and replaces them by the exact ones: <c>app</c> becomes <c>app/production</c> where that target is tagged <c>latest</c>.</summary>
internal sealed class NodeLinks
{
    private static readonly string[] Schemes = ["service:", "target:", "image:"];

    private readonly Dictionary<string, ImageNode> _byName = new(StringComparer.Ordinal);
    private readonly ILookup<string, ImageNode> _targets;
    private readonly DiagnosticBag _diagnostics;

    public NodeLinks(IReadOnlyList<ImageNode> nodes, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        _targets = nodes.Where(node => node.Name.Contains('/', StringComparison.Ordinal)).ToLookup(node => node.Name[..node.Name.IndexOf('/', StringComparison.Ordinal)]);
        foreach (var node in nodes)
        {
            _byName.TryAdd(node.Name, node);
        }
    }

    public static bool IsLink(string context) => Schemes.Any(scheme => context.StartsWith(scheme, StringComparison.Ordinal));

    public ImageNode Resolve(ImageNode node) => node with
    {
        BuildAfter = [.. node.BuildAfter.SelectMany(after => After(node, after)).DistinctBy(after => after.Value)],
        Build = node.Build with
        {
            AdditionalContexts = [.. node.Build.AdditionalContexts.Select(context => KeyValuePair.Create(context.Key, Context(context.Value)))],
        },
    };

    /// <summary>The bare name of an image with targets means all of them.</summary>
    private IEnumerable<Located<string>> After(ImageNode node, Located<string> after)
    {
        var family = _targets[after.Value].Select(target => target.Name).ToList();
        var names = _byName.ContainsKey(after.Value) ? [after.Value] : family;
        if (names.Count == 0)
        {
            _diagnostics.Add(Unknown(after.Span, after.Value));
        }
        else if (names.Contains(node.Name))
        {
            _diagnostics.Add(Rules.ImageWaitsForItself.At(after.Span, node.Name));
        }

        return names.Select(name => after with { Value = name });
    }

    private Located<string> Context(Located<string> context)
    {
        if (Schemes.FirstOrDefault(scheme => context.Value.StartsWith(scheme, StringComparison.Ordinal)) is not { } scheme)
        {
            return context;
        }

        var name = context.Value[scheme.Length..];
        if (_byName.ContainsKey(name))
        {
            return context;
        }

        if (_targets[name].FirstOrDefault(target => target.LocalNames.Any(local => local.Value.Tag == "latest")) is { } latest)
        {
            return context with { Value = scheme + latest.Name };
        }

        _diagnostics.Add(Unknown(context.Span, name));
        return context;
    }

    private Diagnostic Unknown(SourceSpan place, string name) =>
        Rules.UnknownImage.At(place, name, DidYouMean.Phrase(name, _byName.Keys));
}
