using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>A graph with its Dockerfiles read: resolved without an engine first, and again with what the engine knows of external images.</summary>
internal sealed class LoadedGraph
{
    private readonly ImageGraph _graph;
    private readonly Dictionary<string, DockerfileFile> _files;
    private readonly string _platform;

    private LoadedGraph(ImageGraph graph, Dictionary<string, DockerfileFile> files, string platform) => (_graph, _files, _platform) = (graph, files, platform);

    public string Name => _graph.Name;

    /// <summary>There are .NET projects that nobody has published yet.</summary>
    public bool HasProjects => Graph.Images.Any(image => image.Node.Build.IsUnpublished);

    /// <summary>The images that are wanted, with everything that they need, as far as the Dockerfiles tell.</summary>
    public required ResolvedGraph Graph { get; init; }

    /// <summary>The names of the wanted images; empty means all.</summary>
    public IReadOnlyList<string> Wanted { get; init; } = [];

    /// <returns>Null when there are errors.</returns>
    public static LoadedGraph? Load(ImageGraph graph, string platform, DiagnosticBag diagnostics)
    {
        var loaded = Read(graph, platform, new Dictionary<string, string>(), diagnostics);
        if (loaded is not null)
        {
            ContextEscapes.Check(loaded.Graph, diagnostics);
            ProjectContexts.Check(loaded.Graph, diagnostics);
        }

        return diagnostics.HasErrors ? null : loaded;
    }

    /// <summary>As <see cref="Load"/>, but what leaves its context is no error yet.</summary>
    /// <param name="texts">What files would hold, by absolute path; all others are read from disk.</param>
    public static LoadedGraph? Read(ImageGraph graph, string platform, IReadOnlyDictionary<string, string> texts, DiagnosticBag diagnostics)
    {
        var files = ReadFiles(graph.Images, texts, diagnostics);
        var resolved = new GraphResolver(graph, files, platform, new Dictionary<ImageReference, ExternalImage>(), diagnostics).Resolve();
        return resolved is null ? null : new LoadedGraph(graph, files, platform) { Graph = resolved };
    }

    public LoadedGraph Only(IReadOnlyList<string> wanted) => new(_graph, _files, _platform) { Graph = Graph.Only(wanted), Wanted = wanted };

    /// <summary>The graph with the output of its projects in place: what comes before planning.</summary>
    /// <param name="output">The directory that a project was published to.</param>
    /// <param name="diagnostics">Receives nothing that is new.</param>
    /// <returns>Null when there are errors.</returns>
    public LoadedGraph? WithPublished(Func<ProjectSource, string> output, DiagnosticBag diagnostics)
    {
        // Of what is not wanted nothing was published, and what an earlier run left would be a guess.
        var graph = _graph with { Images = [.. _graph.Images.Select(node => Graph.Contains(node.Name) ? node with { Build = node.Build.Published(output) } : node)] };
        var resolved = new GraphResolver(graph, _files, _platform, new Dictionary<ImageReference, ExternalImage>(), diagnostics).Resolve();
        return resolved is null ? null : new LoadedGraph(graph, _files, _platform) { Graph = Wanted.Count == 0 ? resolved : resolved.Only(Wanted), Wanted = Wanted };
    }

    /// <summary>
    /// The graph with the triggers and variables of external images, which may bring in other images. Its first reading is returned as it is when nothing
    /// depends on them.
    /// </summary>
    /// <param name="find">Looks images up.</param>
    /// <param name="diagnostics">Receives what is wrong in triggers.</param>
    /// <returns>Null when there are errors.</returns>
    public async Task<(ResolvedGraph Graph, IReadOnlyDictionary<ImageReference, ExternalImage> Externals)?> WithExternalsAsync(
        Func<ResolvedGraph, Task<IReadOnlyDictionary<ImageReference, ExternalImage>>> find, DiagnosticBag diagnostics)
    {
        var externals = await find(Graph).ConfigureAwait(false);
        if (!Graph.Images.Any(image => image.Closure.NeedsBaseEnvironment) && externals.Values.SelectMany(image => image.All).All(image => image.Triggers.Count == 0))
        {
            return (Graph, externals);
        }

        var resolved = new GraphResolver(_graph, _files, _platform, externals, diagnostics).Resolve();
        if (resolved is null)
        {
            return null;
        }

        var graph = Wanted.Count == 0 ? resolved : resolved.Only(Wanted);
        var isKnown = graph.Images.SelectMany(image => image.Externals).All(use => externals.TryGetValue(use.Source, out var known) && known.For(use.Platform) is not null);
        return (graph, isKnown ? externals : await find(graph).ConfigureAwait(false));
    }

    /// <summary>All at once; what is found is told in the order of the images.</summary>
    private static Dictionary<string, DockerfileFile> ReadFiles(IReadOnlyList<ImageNode> images, IReadOnlyDictionary<string, string> texts, DiagnosticBag diagnostics)
    {
        var read = new DockerfileFile?[images.Count];
        var found = new DiagnosticBag[images.Count];
        Parallel.For(0, images.Count, i => read[i] = DockerfileFile.Read(images[i], texts, found[i] = new DiagnosticBag()));
        var files = new Dictionary<string, DockerfileFile>(StringComparer.Ordinal);
        for (var i = 0; i < images.Count; i++)
        {
            diagnostics.AddRange(found[i].Items);
            if (read[i] is { } file)
            {
                files.Add(images[i].Name, file);
            }
        }

        return files;
    }
}
