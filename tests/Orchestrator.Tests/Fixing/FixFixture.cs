using Orchestrator.Diagnostics;
using Orchestrator.Fixing;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Tests.Graph;

namespace Orchestrator.Tests.Fixing;

/// <summary>A repository with sources that leave their contexts, and what is made of it.</summary>
internal abstract class FixFixture : GraphFixture
{
    private const string Platform = "linux/amd64";

    /// <summary>What was found that cannot be changed, as <c>CODE file(line,column) message</c>.</summary>
    protected IReadOnlyList<string> Left { get; private set; } = [];

    [SetUp]
    public void CreateServices()
    {
        Write("shared/f");
        foreach (var name in new[] { "api", "worker" })
        {
            Write($"services/{name}/src/f");
            Dockerfile(name, "COPY ../shared/ ./shared/\nCOPY src/ ./src/\n");
        }
    }

    protected void Dockerfile(string service, string instructions) => Write($"services/{service}/Dockerfile", "FROM scratch\n" + instructions);

    protected string Text(string path) => File.ReadAllText(Path.Join(Root, path));

    /// <summary>Proposes and writes; a second run must find nothing more to change.</summary>
    /// <returns>The files that changed, relative.</returns>
    protected IReadOnlyList<string> Fix(FixWay way, string graphFile = "images.yml", string wanted = "")
    {
        var files = Run(way, graphFile, wanted);
        var left = Left;
        var next = File.Exists(GraphFile) ? "images.yml" : graphFile;
        Assert.That(Run(way, next, wanted), Is.Empty, "a second run changes nothing");
        if (files.Count > 0 && left.Count == 0)
        {
            Assert.That(Left, Is.Empty, "a second run finds nothing");
        }

        Left = left;
        return files;
    }

    /// <summary>Proposes only.</summary>
    protected FixProposal Propose(FixWay way, string graphFile, string wanted = "", string? environmentName = null)
    {
        var diagnostics = new DiagnosticBag();
        var options = new GraphOptions(Path.Join(Root, graphFile), Environment) { EnvironmentName = environmentName, IsCompose = !graphFile.EndsWith("images.yml", StringComparison.Ordinal) };
        var graph = GraphReader.Read(options, diagnostics);
        Assert.That(diagnostics.HasErrors, Is.False, string.Join('\n', diagnostics.Items));
        var loaded = LoadedGraph.Read(graph!, Platform, new Dictionary<string, string>(), diagnostics)!.Graph;
        var found = new DiagnosticBag();
        var proposal = GraphFix.Propose(loaded, options, Platform, way, node => wanted.Length == 0 || node.Name == wanted, found);
        Left = [.. found.Items.Select(item => $"{item.Code} {item.Span} {item.Message}".Replace(Root + "/", "", StringComparison.Ordinal).Replace(Root, "ROOT", StringComparison.Ordinal))];
        return proposal;
    }

    private List<string> Run(FixWay way, string graphFile, string wanted)
    {
        var proposal = Propose(way, graphFile, wanted);
        if (proposal.Files.Count > 0)
        {
            var failed = new DiagnosticBag();
            FixWriter.Write(proposal.Files, failed);
            Assert.That(failed.Items, Is.Empty);
        }

        return [.. proposal.Files.Select(file => Path.GetRelativePath(Root, file.Path))];
    }
}
