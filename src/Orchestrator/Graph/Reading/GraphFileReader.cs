using Orchestrator.Diagnostics;
using Orchestrator.Graph.Variables;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Reading;

/// <summary>Reads a graph file with all that it includes, or a Compose project.</summary>
internal sealed partial class GraphFileReader(GraphOptions options, DiagnosticBag diagnostics)
{
    private readonly string? _home = options.Environment.GetValueOrDefault("HOME") ?? options.Environment.GetValueOrDefault("USERPROFILE");

    /// <summary>What files bring that were included; null where one cannot be read.</summary>
    private readonly Dictionary<string, GraphPart?> _included = new(StringComparer.Ordinal);

    /// <returns>Null when nothing can be said of the file; what it says can be used only without errors.</returns>
    public GraphPart? Read() => GraphFormat.IsCompose(options) ? ReadProject() : ReadGraph(options.File, []);

    private GraphPart? ReadGraph(string file, IReadOnlyList<string> including)
    {
        if ((options.Texts.GetValueOrDefault(file) ?? YamlText.Read(file, diagnostics)) is not { } text)
        {
            return null;
        }

        var before = diagnostics.Items.Count;
        var root = YamlReader.Read(file, text, diagnostics);
        if (root is YamlMapping mapping)
        {
            return ReadMapping(file, mapping, [.. including, file]);
        }

        if (diagnostics.Items.Count == before)
        {
            diagnostics.Add(root is null or YamlScalar { IsNull: true }
                ? Rules.GraphFileEmpty.At(new SourceSpan(file, 1, 1))
                : Rules.WrongType.At(root.Span, Path.GetFileName(file), "a mapping", root.Kind));
        }

        return null;
    }

    private GraphPart ReadMapping(string file, YamlMapping root, IReadOnlyList<string> including)
    {
        var flags = new KeyedMapping(new YamlMapping(root.Span, [.. root.Entries.Where(entry => entry.Key.Value == "allow_outside")]), KeyPlaces.Graph, "a graph file", diagnostics);
        var paths = PathsOf(file, flags.Flag("allow_outside") ?? false); // before variables are known, for the env files need it
        var files = new VariableFiles(paths, options.Environment, diagnostics);
        var isIncluded = including.Count > 1;
        var envFile = GraphEnvironment.EnvFiles(root, options.EnvironmentName);
        var variables = files.Read(envFile);
        var interpolation = new Interpolation(variables.GetValueOrDefault, diagnostics);
        var graph = new KeyedMapping(new TreeInterpolation(interpolation).Expand(root), KeyPlaces.Graph, "a graph file", diagnostics);
        var environment = GraphEnvironment.Choose(graph, isIncluded, options.EnvironmentName, diagnostics);
        var sources = new GraphSources(graph, environment, paths);
        var content = new GraphContent(graph, new ReadingScope(paths, variables, diagnostics));

        var part = new GraphPart { Name = content.Name(), IsNamed = content.IsNamed, Root = paths.Root, Registry = content.Registry(), Memory = content.Memory(), Sources = SourceTable.Read(graph, diagnostics), Environments = GraphEnvironment.Names(graph), InputFiles = [file, .. files.Files] };
        var sections = new SectionOverlay(content.Images(), content.Defaults(), environment);
        var named = sections.Names.Union(options.Named).ToHashSet(StringComparer.Ordinal);
        foreach (var project in sources.Projects.Select(item => ReadCompose(SourceOf(item, paths, envFile is null ? null : variables), paths, named)).OfType<GraphPart>())
        {
            sections.Add(project.Sections);
            part = part.With(project);
        }

        var included = sources.Graphs.Select(item => ReadIncluded(item, paths, including)).OfType<GraphPart>().ToList();
        var assembly = new ImageAssembly(new ReadingScope(paths, variables, diagnostics));
        var own = sections.Laid(part.IsIncomplete, diagnostics).SelectMany(named => assembly.Assemble(named.Key, named.Section)).ToList();
        part = included.Aggregate(part with { Images = own, IsIncomplete = part.IsIncomplete || included.Count < sources.Graphs.Count }, (sum, other) => sum.With(other));
        sources.CheckImages(part.Images);
        if (part.IsIncomplete)
        {
            return part; // what is linked may be what is missing
        }

        var links = new NodeLinks(part.Images, diagnostics);
        return part with { Images = [.. part.Images.Select((node, index) => index < own.Count ? links.Resolve(node) : node)] };
    }

    /// <summary>What another graph file brings; its own root and <c>allow_outside</c> hold for it. Null when it cannot be read. A file that several include is read once.</summary>
    private GraphPart? ReadIncluded(Located<string> item, RepositoryPaths paths, IReadOnlyList<string> including)
    {
        var file = paths.Absolute(item.Value);
        var start = including.ToList().IndexOf(file);
        if (start >= 0)
        {
            diagnostics.Add(Rules.IncludeCycle.At(item.Span, string.Join(", ", including.Skip(start).Append(file).Select(step => Path.GetRelativePath(paths.Directory, step)))));
            return null;
        }

        if (!paths.Admits(file, item.Span))
        {
            return null;
        }

        if (_included.TryGetValue(file, out var known))
        {
            return known;
        }

        if (File.Exists(file))
        {
            return _included[file] = ReadGraph(file, including);
        }

        diagnostics.Add(Rules.IncludedFileUnreadable.At(item.Span, file, Directory.Exists(file) ? "it is a directory." : "it does not exist." + RepositoryPaths.NearbyPhrase(file)));
        return _included[file] = null;
    }

    private RepositoryPaths PathsOf(string file, bool allowOutside)
    {
        var directory = Path.GetDirectoryName(file)!;
        return new RepositoryPaths(directory, RepositoryPaths.GitTopLevel(directory) ?? directory, _home, allowOutside, diagnostics);
    }
}
