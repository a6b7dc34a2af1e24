using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Tool;

/// <summary>The graph that a command works on, read and resolved.</summary>
internal static class Workspace
{
    /// <summary>The graph file alone, with what it includes.</summary>
    /// <returns>Null when there are errors; they are in <paramref name="diagnostics"/>.</returns>
    public static ImageGraph? Read(WorkspaceOptions options, ToolEnvironment environment, DiagnosticBag diagnostics)
    {
        var files = Locate(options, environment);
        if (files.Count > 0)
        {
            return GraphReader.Read(new GraphOptions(files[0], environment.Variables) { Overlays = [.. files.Skip(1)], EnvironmentName = options.GraphEnvironment }, diagnostics);
        }

        diagnostics.Add(options.File is null
            ? Rules.NoGraphFile.Anywhere(environment.CurrentDirectory)
            : Rules.GraphFileUnreadable.At(new SourceSpan(Path.GetFullPath(options.File, environment.CurrentDirectory)), "it is a directory, in which there is neither images.yml nor a Compose file."));
        return null;
    }

    /// <summary>The Dockerfiles of a graph, and who is built from whom.</summary>
    /// <returns>Null when there are errors; they are in <paramref name="diagnostics"/>.</returns>
    public static LoadedGraph? Load(ImageGraph graph, IReadOnlyList<string> images, string platform, DiagnosticBag diagnostics)
    {
        var loaded = LoadedGraph.Load(graph, platform, diagnostics);
        return loaded is null || images.Count == 0 ? loaded : Select(loaded, images, diagnostics);
    }

    /// <returns>Null when there are errors; they are in <paramref name="diagnostics"/>.</returns>
    public static LoadedGraph? Load(WorkspaceOptions options, string platform, ToolEnvironment environment, DiagnosticBag diagnostics) =>
        Read(options, environment, diagnostics) is { } graph ? Load(graph, options.Images, platform, diagnostics) : null;

    /// <summary>The graph file's absolute path, or those of the files of a Compose project; empty when there is none.</summary>
    public static IReadOnlyList<string> Locate(WorkspaceOptions options, ToolEnvironment environment)
    {
        if (options.File is null)
        {
            return GraphLocator.Find(environment.CurrentDirectory, environment.Variables);
        }

        var path = Path.GetFullPath(options.File, environment.CurrentDirectory);
        return Directory.Exists(path) ? GraphLocator.In(Path.TrimEndingDirectorySeparator(path), environment.Variables) : [path];
    }

    private static LoadedGraph? Select(LoadedGraph loaded, IReadOnlyList<string> names, DiagnosticBag diagnostics)
    {
        var graph = loaded.Graph;
        var wanted = new List<string>();
        foreach (var name in names)
        {
            var found = graph.Images.Where(image => Means(image.Node, name)).Select(image => image.Name).ToList();
            if (found.Count == 0)
            {
                var known = graph.Images.SelectMany(image => image.Node.LocalNames.Select(local => local.Value.Familiar).Prepend(image.Name));
                diagnostics.Add(Rules.NoSuchImage.Anywhere(name, DidYouMean.Phrase(name, known)));
            }

            wanted.AddRange(found);
        }

        return diagnostics.HasErrors ? null : loaded.Only(wanted);
    }

    /// <summary>By key, by an alias, by a local name; <c>app</c> also means every target of <c>app</c>.</summary>
    public static bool Means(ImageNode node, string name) =>
        node.Name == name || node.Aliases.Contains(name) || node.Name.StartsWith(name + "/", StringComparison.Ordinal)
        || (ImageReference.TryParse(name, out var reference) && node.LocalNames.Any(local => local.Value == reference));
}
