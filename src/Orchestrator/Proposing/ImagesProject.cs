using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Proposing;

/// <summary>The project that makes <c>dotnet build</c> build the images.</summary>
/// <param name="Path">Relative to the repository.</param>
internal sealed record ImagesProject(string Path, string Content)
{
    public const string Sdk = "Orchestrator.Sdk";

    private const string FileName = "images.csproj";

    /// <summary>Beside the graph file, unless a solution or a project lies there: <c>dotnet build</c> refuses a folder in which it would have to choose.</summary>
    /// <returns>Null when there is such a project already.</returns>
    public static ImagesProject? For(RepositorySurvey survey)
    {
        if (survey.Projects.Any(project => IsOne(System.IO.Path.Join(survey.Root, project))))
        {
            return null;
        }

        if (!survey.Solutions.Concat(survey.Projects).Any(file => PathText.Parent(file).Length == 0))
        {
            return new ImagesProject(FileName, $"<Project Sdk=\"{Sdk}\" />\n");
        }

        string[] folders = ["images", "container-images", "orchestrator-images"];
        var folder = Array.Find(folders, name => !System.IO.Path.Exists(System.IO.Path.Join(survey.Root, name))) ?? folders[^1];
        var content = $"""
            <Project Sdk="{Sdk}">
              <PropertyGroup>
                <OrchestratorGraph>../{GraphProposal.FileName}</OrchestratorGraph>
              </PropertyGroup>
            </Project>

            """;
        return new ImagesProject($"{folder}/{FileName}", content);
    }

    private static bool IsOne(string project)
    {
        try
        {
            return File.ReadAllText(project).Contains(Sdk, StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // gone meanwhile, or somebody else's
        }
    }
}
