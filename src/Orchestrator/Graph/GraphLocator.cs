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
    /// <returns>Null when there is none.</returns>
    public static LocatedGraph? Find(string directory, IReadOnlyDictionary<string, string> environment)
    {
        var folders = Folders(directory).ToList();
        return folders.Select(GraphFile).FirstOrDefault(graph => graph is not null) ?? folders.Select(folder => Project(folder, environment, directory)).FirstOrDefault(project => project is not null);
    }

    /// <summary>As <see cref="Find"/>, in this directory alone.</summary>
    /// <param name="workingFolder">Where the command is run, absolute.</param>
    public static LocatedGraph? In(string directory, IReadOnlyDictionary<string, string> environment, string workingFolder) =>
        GraphFile(directory) ?? Project(directory, environment, workingFolder);

    private static LocatedGraph? GraphFile(string folder) => FileNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } file ? new LocatedGraph(folder, [file]) : null;

    private static LocatedGraph? Project(string folder, IReadOnlyDictionary<string, string> environment, string workingFolder) =>
        ComposeFiles.In(folder, environment, workingFolder) is { Count: > 0 } files ? new LocatedGraph(folder, files) { IsCompose = true } : null;

    private static IEnumerable<string> Folders(string directory)
    {
        var top = RepositoryPaths.GitTopLevel(directory);
        for (var folder = directory; folder is not null; folder = folder == top ? null : Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }
}
