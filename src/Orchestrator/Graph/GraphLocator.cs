using Orchestrator.Graph.Compose;
using Orchestrator.Graph.Reading;

namespace Orchestrator.Graph;

/// <summary>Finds the graph file that a folder belongs to.</summary>
internal static class GraphLocator
{
    private static readonly string[] FileNames = ["images.yml", "images.yaml"];

    /// <summary>
    /// The nearest <c>images.yml</c> from an absolute directory upward, no further than the git top level; where there is none, the files of the
    /// nearest Compose project.
    /// </summary>
    /// <returns>Absolute paths, the main file first; empty when there is none.</returns>
    public static IReadOnlyList<string> Find(string directory, IReadOnlyDictionary<string, string> environment)
    {
        var folders = Folders(directory).ToList();
        return folders.Select(GraphFile).FirstOrDefault(file => file is not null) is { } graph
            ? [graph]
            : folders.Select(folder => ComposeFiles.In(folder, environment)).FirstOrDefault(files => files.Count > 0) ?? [];
    }

    /// <summary>As <see cref="Find"/>, in this directory alone.</summary>
    public static IReadOnlyList<string> In(string directory, IReadOnlyDictionary<string, string> environment) =>
        GraphFile(directory) is { } graph ? [graph] : ComposeFiles.In(directory, environment);

    private static string? GraphFile(string folder) => FileNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Folders(string directory)
    {
        var top = RepositoryPaths.GitTopLevel(directory);
        for (var folder = directory; folder is not null; folder = folder == top ? null : Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }
}
