using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Proposing;

/// <summary>
/// The files of a repository that say something of its images; paths relative to the root, with slashes, sorted. Folders of tools and of dependencies,
/// links, repositories inside this one, and what is no folder of a disk are not looked into.
/// </summary>
internal sealed record RepositorySurvey
{
    private static readonly HashSet<string> HiddenButRead = new(StringComparer.Ordinal) { ".github", ".docker", ".devcontainer" };
    private static readonly HashSet<string> OfOthers = new(StringComparer.Ordinal) { "node_modules", "vendor", "venv", "__pycache__", "artifacts" };
    private static readonly HashSet<string> OfSystem = new(StringComparer.Ordinal) { "/proc", "/sys", "/dev" };
    private static readonly HashSet<string> TextExtensions = new(StringComparer.OrdinalIgnoreCase) { ".md", ".rst", ".txt", ".sh", ".bash", ".ps1", ".cmd", ".bat", ".mk", ".yml", ".yaml" };
    private static readonly HashSet<string> TextNames = new(StringComparer.OrdinalIgnoreCase) { "makefile", "justfile", "jenkinsfile", "package.json", "readme" };

    public required string Root { get; init; }

    public IReadOnlyList<string> Dockerfiles { get; init; } = [];

    /// <summary>Files that are called as Compose files are.</summary>
    public IReadOnlyList<string> ComposeFiles { get; init; } = [];

    /// <summary>Documentation and scripts, which may say how an image is built.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    public IReadOnlyList<string> Solutions { get; init; } = [];

    /// <summary>Project files of MSBuild.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>Folders called <c>bin</c> or <c>obj</c> that have files and are no output of a project beside them.</summary>
    public IReadOnlyList<string> SourceOutputs { get; init; } = [];

    /// <summary>What the repository is called: the name of its folder.</summary>
    public string Name => Path.GetFileName(Root);

    /// <param name="root">Absolute.</param>
    /// <param name="cancellationToken">Looked at once for each folder.</param>
    public static RepositorySurvey Of(string root, CancellationToken cancellationToken)
    {
        var files = Files(root, cancellationToken).Select(file => PathText.Relative(root, file)).Order(StringComparer.Ordinal).ToList();
        return new RepositorySurvey
        {
            Root = root,
            Dockerfiles = [.. files.Where(file => DockerfileName.IsOne(Path.GetFileName(file)))],
            ComposeFiles = [.. files.Where(Graph.Compose.ComposeFiles.IsName)],
            Texts = [.. files.Where(IsText)],
            Solutions = [.. files.Where(file => Path.GetExtension(file) is ".sln" or ".slnx")],
            Projects = [.. files.Where(file => Path.GetExtension(file) is ".csproj" or ".fsproj" or ".vbproj" or ".proj")],
            SourceOutputs = [.. files.Select(OutputAbove).OfType<string>().Distinct(StringComparer.Ordinal)],
        };
    }

    private static bool IsText(string file) => TextExtensions.Contains(Path.GetExtension(file)) || TextNames.Contains(Path.GetFileName(file));

    private static string? OutputAbove(string file)
    {
        var folder = PathText.Parent(file);
        while (folder.Length > 0 && Path.GetFileName(folder) is not ("bin" or "obj"))
        {
            folder = PathText.Parent(folder);
        }

        return folder.Length == 0 ? null : folder;
    }

    private static IEnumerable<string> Files(string root, CancellationToken cancellationToken)
    {
        var open = new Stack<string>([root]);
        while (open.TryPop(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var files = FolderListing.Files(folder);
            var hasProject = Array.Exists(files, file => file.EndsWith("proj", StringComparison.Ordinal));
            foreach (var file in files)
            {
                yield return file;
            }

            foreach (var child in FolderListing.Folders(folder).Where(child => IsLookedInto(child, hasProject)))
            {
                open.Push(child);
            }
        }
    }

    /// <param name="folder">Absolute.</param>
    /// <param name="isBesideProject">Then <c>bin</c> and <c>obj</c> are what the project's build leaves.</param>
    private static bool IsLookedInto(string folder, bool isBesideProject)
    {
        var name = Path.GetFileName(folder);
        return !OfOthers.Contains(name) && !OfSystem.Contains(folder) && (!name.StartsWith('.') || HiddenButRead.Contains(name)) && !(isBesideProject && name is "bin" or "obj") && !Path.Exists(Path.Join(folder, ".git"));
    }
}
