using System.Text.RegularExpressions;

namespace Orchestrator.Repository.Tests;

/// <summary>Who may know whom, by what a folder's files import. A new folder has to say where it belongs.</summary>
internal sealed partial class LayerTests
{
    /// <summary>The folders of a project from the lowest to the highest, and which of those before it each may use.</summary>
    private static readonly TestCaseData[] Projects =
    [
        new TestCaseData("Orchestrator", new[]
        {
            "Diagnostics:",
            "State:",
            "Programs:",
            "Git: Programs",
            "Graph: Diagnostics",
            "Dockerfiles: Diagnostics Graph",
            "Contexts: State",
            "Keys: Diagnostics State Graph Dockerfiles Contexts",
            "Locking: Diagnostics State Graph Dockerfiles",
            "Planning: Diagnostics State Graph Dockerfiles Contexts Keys Locking",
            "Pinning: Diagnostics Git Graph Dockerfiles Locking Planning",
            "Changes: Diagnostics Git Graph Dockerfiles Contexts Keys Locking Planning",
            "Projects: Diagnostics State Programs Graph Keys Planning",
            "Building: Diagnostics State Git Graph Dockerfiles Contexts Keys Planning",
            "Reports: Diagnostics State Graph Planning Changes Building",
            "Tagging: Diagnostics Git Graph Keys",
            "Publishing: Diagnostics State Graph Keys Planning Tagging",
            "Testing: Diagnostics State Graph Contexts Keys Planning Building",
            "Proposing: Diagnostics Graph Dockerfiles Planning",
            "Fixing: Diagnostics Graph Dockerfiles Planning",
        }),
        new TestCaseData("Orchestrator.BuildKit", new[] { "Protos:", "Grpc:", "FileSync: Protos", "Control: Protos Grpc", "Session: Protos Grpc FileSync Control" }),
        new TestCaseData("Orchestrator.Docker", new[] { "Api:", "Configuration:", "Credentials: Configuration", "Transports: Configuration", "Http: Transports" }),
        new TestCaseData("Orchestrator.Tool", new[] { "Live:", "Findings: Live", "CiLogs: Findings", "Drawing: Live", "Reporters: Live Findings CiLogs", "Doctor: Live", "Pages: Live Findings Drawing Reporters", "Tracing: Reporters", "Projects: Reporters", "Commands: Drawing Reporters Doctor Pages Tracing Projects" }),
    ];

    /// <summary>Which folders of the engine-room know the clients, and which part of them.</summary>
    private static readonly string[] Clients =
    [
        "Building: BuildKit Docker", "Contexts: BuildKit.FileSync", "Fixing: BuildKit.FileSync", "Pinning: Docker", "Planning: BuildKit.FileSync Docker", "Proposing: BuildKit.FileSync", "Publishing: Docker Registry", "Reports: BuildKit Docker", "Testing: Docker",
    ];

    [TestCaseSource(nameof(Projects))]
    public void A_project_s_concepts_build_on_each_other_in_one_direction(string project, string[] layers)
    {
        var all = layers.Select(layer => Split(layer).Name).ToList();
        var lower = new List<string>();
        foreach (var (name, uses) in layers.Select(Split))
        {
            Assert.That(uses, Is.SubsetOf(lower), "a layer may use only what stands before it");
            Assert.That(Imports(project, name).Where(import => May(import, all, project + ".") && !May(import, uses.Append(name), project + ".")), Is.Empty, name);
            lower.Add(name);
        }

        Assert.That(Folders(project), Is.SubsetOf(lower), "a new folder has to say where it belongs");
    }

    [Test]
    public void Few_parts_of_the_engine_room_know_the_clients()
    {
        var allowed = Clients.Select(Split).ToDictionary(item => item.Name, item => item.Uses);
        foreach (var folder in Folders("Orchestrator"))
        {
            var clients = Imports("Orchestrator", folder).Where(import => May(import, ["BuildKit", "Docker", "Registry"], "Orchestrator."));

            Assert.That(clients.Where(import => !May(import, allowed.GetValueOrDefault(folder, []), "Orchestrator.")), Is.Empty, folder);
        }
    }

    private static (string Name, string[] Uses) Split(string layer) => (layer.Split(':')[0], layer.Split(':')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Folders(string project) =>
        SourceTree.CSharp(Path.Join("src", project)).Select(file => Path.GetRelativePath(Path.Join(SourceTree.Root, "src", project), file).Split('/')).Where(parts => parts.Length > 1).Select(parts => parts[0]).Distinct();

    private static bool May(string import, IEnumerable<string> names, string before) => names.Any(name => (import + ".").StartsWith($"{before}{name}.", StringComparison.Ordinal));

    /// <summary>Namespaces of ours that the files of a folder import.</summary>
    private static IEnumerable<string> Imports(string project, string folder)
    {
        var root = Path.Join("src", project, folder);
        return !Directory.Exists(Path.Join(SourceTree.Root, root)) ? [] : SourceTree.CSharp(root)
            .SelectMany(file => Import().Matches(File.ReadAllText(file))).Select(match => match.Groups["name"].Value).Distinct();
    }

    [GeneratedRegex(@"^using (?:static |\w+ = )?(?<name>Orchestrator[\w.]*)|(?<![\w.])global::(?<name>Orchestrator[\w.]*)", RegexOptions.Multiline)]
    private static partial Regex Import();
}
