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
        if (Options(options, environment) is { } reading)
        {
            return GraphReader.Read(reading, diagnostics);
        }

        diagnostics.Add(options.File is null
            ? Rules.NoGraphFile.Anywhere(environment.CurrentDirectory)
            : Rules.GraphFileUnreadable.At(new SourceSpan(Path.GetFullPath(options.File, environment.CurrentDirectory)), "it is a directory, in which there is neither images.yml nor a Compose file."));
        return null;
    }

    /// <summary>How the graph file is read.</summary>
    /// <returns>Null when there is none.</returns>
    public static GraphOptions? Options(WorkspaceOptions options, ToolEnvironment environment)
    {
        var located = Locate(options, environment);
        return located is null ? null : new GraphOptions(located.Files[0], environment.Variables)
        {
            Overlays = [.. located.Files.Skip(1)],
            Folder = located.Folder,
            IsCompose = located.IsCompose,
            WorkingFolder = environment.CurrentDirectory,
            EnvironmentName = options.GraphEnvironment,
            Named = options.Images,
        };
    }

    /// <summary>The Dockerfiles of a graph, and who is built from whom.</summary>
    /// <returns>Null when there are errors; they are in <paramref name="diagnostics"/>.</returns>
    public static LoadedGraph? Load(ImageGraph graph, IReadOnlyList<string> images, string platform, DiagnosticBag diagnostics)
    {
        var loaded = LoadedGraph.Load(graph, platform, diagnostics);
        if (loaded is null || images.Count == 0)
        {
            return loaded;
        }

        var nodes = loaded.Graph.Images.Select(image => image.Node).ToList();
        return WantedImages.AreKnown(images, nodes, diagnostics) && !diagnostics.HasErrors ? loaded.Only([.. nodes.Where(node => WantedImages.AreNamed(images, node)).Select(node => node.Name)]) : null;
    }

    /// <returns>Null when there are errors; they are in <paramref name="diagnostics"/>.</returns>
    public static LoadedGraph? Load(WorkspaceOptions options, string platform, ToolEnvironment environment, DiagnosticBag diagnostics) =>
        Read(options, environment, diagnostics) is { } graph ? Load(graph, options.Images, platform, diagnostics) : null;

    /// <summary>The graph file, or the files of a Compose project; null when there is none.</summary>
    private static LocatedGraph? Locate(WorkspaceOptions options, ToolEnvironment environment)
    {
        if (options.File is null)
        {
            return GraphLocator.Find(environment.CurrentDirectory, environment.Variables);
        }

        var path = Path.GetFullPath(options.File, environment.CurrentDirectory);
        return Directory.Exists(path) ? GraphLocator.In(Path.TrimEndingDirectorySeparator(path), environment.Variables, environment.CurrentDirectory) : new LocatedGraph(Path.GetDirectoryName(path)!, [path]);
    }
}
