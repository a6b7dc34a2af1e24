using System.Text;
using Orchestrator.Graph;
using Orchestrator.Keys;
using Orchestrator.Planning;
using Orchestrator.State;

namespace Orchestrator.Projects;

/// <summary>
/// What has to be published before a graph can be planned, and where that goes. 2026-11-21: everything that publishing writes, obj and bin included, lies in the
/// graph's state and not in the repository, so that no context sees it, and neither the projects' own builds nor a solution that builds them at the same time
/// meet it. Projects with equal settings share that folder and one run of MSBuild, which compiles what they have in common once. The same sources give the
/// same files in every clone, at every commit and for every way of starting it: the paths are mapped, and the properties are these alone.
/// </summary>
/// <param name="graph">Its images decide, and its root is what paths in the output are relative to.</param>
/// <param name="state">Where it goes.</param>
/// <param name="toolDirectory">Where the files are that MSBuild is run on.</param>
/// <param name="run">The name of this publishing, which no other has.</param>
internal sealed class ProjectPublications(ResolvedGraph graph, GraphState state, string toolDirectory, string run)
{
    /// <summary>Tells MSBuild the run, and the projects of one build that a second run in it is about to publish from those that were.</summary>
    private const string RunProperty = "_OrchestratorProjectsRun";

    private const string RunFile = "run";
    private const string OutputFolder = "published";
    private const string WorkFolder = "projects";

    private const int SettingsLength = 12;

    private const string FileName = "Orchestrator.Projects";

    /// <summary>Between the projects of <c>_OrchestratorProjects</c>.</summary>
    private const char Separator = '|';

    /// <summary>What MSBuild reads in a value that is not meant as it is written.</summary>
    private const string Special = "%$@'();,*?";

    /// <summary>Does not change with the commit, the machine or who runs it.</summary>
    private static readonly KeyValuePair<string, string>[] Fixed =
    [
        new("UseArtifactsOutput", "true"),
        new("OrchestratorEnabled", "false"),
        new("Deterministic", "true"),
        new("DeterministicSourcePaths", "false"), // wants a git repository; the paths are mapped all the same
        new("ContinuousIntegrationBuild", "false"),
        new("EnableSourceLink", "false"),
        new("EnableSourceControlManagerQueries", "false"),
        new("IncludeSourceRevisionInInformationalVersion", "false"),
        new("GeneratePackageOnBuild", "false"),
    ];

    public IReadOnlyList<ProjectPublication> All() =>
    [
        .. graph.Images.Where(image => image.Node.Build.IsUnpublished).Select(image => image.Node.Build.Project!)
            .GroupBy(SettingsName, StringComparer.Ordinal)
            .Select(group => Of(group.Key, [.. group.DistinctBy(project => project.File.Value)])),
    ];

    /// <summary>Whether what is there was published under this run's name.</summary>
    public bool AreOfThisRun => state.Read($"{OutputFolder}/{RunFile}") is { } written && Encoding.UTF8.GetString(written) == run;

    private string Outputs { get; } = state.PathOf(OutputFolder);

    /// <summary>
    /// Empties the outputs and gives them this run's name. What an earlier run published must not be taken for the present, where a project stops to publish a
    /// file, or anything at all.
    /// </summary>
    /// <exception cref="IOException">Something cannot be removed or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Begin()
    {
        if (Directory.Exists(Outputs))
        {
            Directory.Delete(Outputs, recursive: true);
        }

        Directory.CreateDirectory(Outputs);
        File.WriteAllText(Path.Join(Outputs, RunFile), run);
    }

    /// <summary>Leaves nothing of any publishing of a graph.</summary>
    public static void Forget(GraphState state)
    {
        state.DeleteFolder(OutputFolder);
        state.DeleteFolder(WorkFolder);
    }

    /// <summary>The directory that a project is published to.</summary>
    public string Output(ProjectSource project) => Path.Join(Outputs, SettingsName(project), Place(project));

    private ProjectPublication Of(string settings, IReadOnlyList<ProjectSource> projects)
    {
        var properties = new List<KeyValuePair<string, string>>
        {
            new("_OrchestratorProjects", string.Join(Separator, projects.Select(project => project.File.Value))),
            new("_OrchestratorProjectsRoot", Root),
            new(RunProperty, run),
            new("_OrchestratorProjectsOutput", Path.Join(Outputs, settings)),
            new("ArtifactsPath", state.PathOf(WorkFolder + "/" + settings)),
            new("CustomBeforeDirectoryBuildProps", Path.Join(toolDirectory, FileName + ".props")),
            new("Configuration", projects[0].Configuration),
        };
        properties.AddRange(Fixed);
        properties.AddRange(projects[0].Properties);
        return new ProjectPublication(projects, Path.Join(toolDirectory, FileName + ".proj"), [.. properties.Select(property => KeyValuePair.Create(property.Key, Escaped(property.Value)))]);
    }

    private string Root => Path.TrimEndingDirectorySeparator(graph.Graph.Root) + Path.DirectorySeparatorChar;

    /// <summary>As Orchestrator.Projects.props has it.</summary>
    private string Place(ProjectSource project) => Path.GetRelativePath(Root, project.File.Value).Replace("..", "__", StringComparison.Ordinal);

    /// <summary>Short and without a path of this machine.</summary>
    private static string SettingsName(ProjectSource project)
    {
        using var writer = new KeyWriter();
        foreach (var setting in project.Settings)
        {
            writer.Field("setting", setting);
        }

        return writer.Finish().Hex[..SettingsLength];
    }

    private static string Escaped(string value) =>
        string.Concat(value.Select(character => Special.Contains(character, StringComparison.Ordinal) ? $"%{(int)character:X2}" : $"{character}"));
}
