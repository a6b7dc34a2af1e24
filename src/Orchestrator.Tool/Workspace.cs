using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Tool;

/// <summary>The graph that a command works on, read and resolved.</summary>
internal static class Workspace
{
    /// <summary>The graph file alone.</summary>
    /// <returns>Null when there are errors; they are in <paramref name="diagnostics"/>.</returns>
    public static ImageGraph? Read(string? file, ToolEnvironment environment, DiagnosticBag diagnostics)
    {
        if (Locate(file, environment) is not { } path)
        {
            diagnostics.Add(Rules.NoGraphFile.Anywhere(environment.CurrentDirectory));
            return null;
        }

        if (Directory.Exists(path))
        {
            diagnostics.Add(Rules.GraphFileUnreadable.At(new SourceSpan(path), "it is a directory; name the file in it."));
            return null;
        }

        return GraphReader.Read(new GraphOptions(path, environment.Variables), diagnostics);
    }

    /// <summary>The Dockerfiles of a graph, and who is built from whom.</summary>
    /// <returns>Null when there are errors; they are in <paramref name="diagnostics"/>.</returns>
    public static LoadedGraph? Load(ImageGraph graph, IReadOnlyList<string> images, string platform, DiagnosticBag diagnostics)
    {
        var loaded = LoadedGraph.Load(graph, platform, diagnostics);
        return loaded is null || images.Count == 0 ? loaded : Select(loaded, images, diagnostics);
    }

    /// <returns>Null when there are errors; they are in <paramref name="diagnostics"/>.</returns>
    public static LoadedGraph? Load(string? file, IReadOnlyList<string> images, string platform, ToolEnvironment environment, DiagnosticBag diagnostics) =>
        Read(file, environment, diagnostics) is { } graph ? Load(graph, images, platform, diagnostics) : null;

    /// <summary>The graph file's absolute path; null when there is none.</summary>
    public static string? Locate(string? file, ToolEnvironment environment) =>
        file is null ? GraphLocator.Find(environment.CurrentDirectory) : Path.GetFullPath(file, environment.CurrentDirectory);

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
