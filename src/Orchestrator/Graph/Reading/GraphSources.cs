using Orchestrator.Diagnostics;
using Orchestrator.Graph.Compose;

namespace Orchestrator.Graph.Reading;

/// <summary>What a graph file reads besides itself: <c>compose</c>, <c>include</c>, and the environment that replaces their Compose files.</summary>
internal sealed class GraphSources
{
    private readonly KeyedMapping _graph;
    private readonly GraphEnvironment? _environment;
    private readonly DiagnosticBag _diagnostics;

    public GraphSources(KeyedMapping graph, GraphEnvironment? environment, RepositoryPaths paths)
    {
        (_graph, _environment, _diagnostics) = (graph, environment, paths.Diagnostics);
        var included = graph.Items("include").Select(item => IncludeItem.Read(item, _diagnostics)).OfType<IncludeItem>().ToList();
        var own = graph.Find("compose") is { } compose ? IncludeItem.Read(compose.Value, _diagnostics) : null;
        bool IsGraph(IncludeItem item) => !GraphFormat.IsCompose(paths.Absolute(item.Files[0].Value));
        Graphs = [.. included.Where(IsGraph).SelectMany(item => item.Files)];
        foreach (var key in included.Where(IsGraph).SelectMany(item => item.ProjectKeys))
        {
            _diagnostics.Add(Rules.UnknownKey.At(key.Span, key.Value, "an entry of 'include' that names images.yml", " That file says it itself."));
        }

        Projects = environment?.Compose is { } files ? [files] : [.. new[] { own }.OfType<IncludeItem>(), .. included.Where(item => !IsGraph(item))];
    }

    /// <summary>Compose projects; the files of one lie over each other.</summary>
    public IReadOnlyList<IncludeItem> Projects { get; }

    /// <summary>Other graph files, as written.</summary>
    public IReadOnlyList<Located<string>> Graphs { get; }

    /// <summary>A graph must have images, be it only in an environment.</summary>
    public void CheckImages(IReadOnlyList<ImageNode> images)
    {
        // A key that is no text may be the image that is missing; it has had its diagnostic.
        if (_diagnostics.Items.Any(item => item.Rule == Rules.YamlKeyNotText) || images.Count > 0 || _graph.Entries("images").Count > 0 || (_diagnostics.HasErrors && HasSources))
        {
            return;
        }

        var environments = _graph.Entries("environments").Select(entry => entry.Key.Value).ToList();
        _diagnostics.Add(environments.Count > 0 && _environment is null && !HasSources
            ? Rules.EnvironmentNeeded.At(_graph.Find("environments")!.Key.Span, string.Join(", ", environments))
            : Rules.GraphWithoutImages.At(_graph.Find("images")?.Key.Span ?? _graph.Span));
    }

    private bool HasSources => Projects.Count + Graphs.Count > 0 || _graph.Find("include") is not null || _graph.Find("compose") is not null;
}
