using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Tests.Graph;

/// <summary>A repository in a real temporary directory, and readings of its graph file.</summary>
internal abstract class GraphFixture
{
    protected string Root { get; private set; } = "";

    protected string GraphFile => Path.Combine(Root, "images.yml");

    protected Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    [SetUp]
    public void CreateRepository()
    {
        Root = Directory.CreateTempSubdirectory("graph-").FullName;
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
        Environment.Clear();
    }

    [TearDown]
    public void DeleteRepository() => Directory.Delete(Root, recursive: true);

    protected string Write(string path, string content = "FROM scratch\n")
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }

    protected (ImageGraph? Graph, IReadOnlyList<Diagnostic> Diagnostics) Read(string yaml)
    {
        Write("images.yml", yaml);
        return ReadFile(GraphFile);
    }

    protected (ImageGraph? Graph, IReadOnlyList<Diagnostic> Diagnostics) ReadFile(string file)
    {
        var diagnostics = new DiagnosticBag();
        return (GraphReader.Read(new GraphOptions(file, Environment), diagnostics), diagnostics.Items);
    }

    /// <summary>A reading that must succeed without a warning.</summary>
    protected ImageGraph Valid(string yaml)
    {
        var (graph, diagnostics) = Read(yaml);
        Assert.That(diagnostics.Where(item => item.Severity != Severity.Message), Is.Empty);
        return graph!;
    }

    /// <summary>One image named <c>api</c> with a Dockerfile, and these further lines.</summary>
    protected ImageNode Image(string lines)
    {
        Write("api/Dockerfile");
        return Valid($"images:\n  api:\n    context: api\n{Indented(lines)}").Images[0];
    }

    /// <summary>The findings as <c>CODE(line,column) message</c>.</summary>
    protected IReadOnlyList<string> Findings(string yaml)
    {
        var (graph, diagnostics) = Read(yaml);
        if (diagnostics.Any(item => item.Severity == Severity.Error))
        {
            Assert.That(graph, Is.Null);
        }

        return [.. diagnostics.Select(item => $"{item.Code}({item.Span.Line},{item.Span.Column}) {item.Message}".Replace(Root, "ROOT", StringComparison.Ordinal))];
    }

    protected IReadOnlyList<string> FindingsOfImage(string lines)
    {
        Write("api/Dockerfile");
        return Findings($"images:\n  api:\n    context: api\n{Indented(lines)}");
    }

    private static string Indented(string lines) => string.Join('\n', lines.Split('\n').Select(line => "    " + line)) + "\n";
}
