using Orchestrator.Graph.Reading;

namespace Orchestrator.Graph;

/// <summary>Finds the graph file that a folder belongs to.</summary>
internal static class GraphLocator
{
    private static readonly string[] FileNames = ["images.yml", "images.yaml"];

    /// <summary>The nearest graph file from an absolute directory upward, no further than the git top level; null when there is none.</summary>
    public static string? Find(string directory)
    {
        var top = RepositoryPaths.GitTopLevel(directory);
        for (var folder = directory; folder is not null; folder = folder == top ? null : Path.GetDirectoryName(folder))
        {
            var found = FileNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }
}
