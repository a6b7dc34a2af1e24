using System.Runtime.CompilerServices;
using Orchestrator.Diagnostics;
using Orchestrator.Graph.Compose;
using Orchestrator.Graph.Reading;

namespace Orchestrator.Tests.Compose;

/// <summary>
/// A folder of <c>cases/</c>: Compose files, and optionally <c>run</c> with one line for each <c>-f FILE</c> and each variable of the process.
/// <c>newer</c> says, line by line, what versions of Compose read that are newer than one which refuses the case. Adding a case needs no code.
/// </summary>
internal sealed record ComposeCase(string Name, IReadOnlyList<string> Files, IReadOnlyDictionary<string, string> Variables)
{
    public static string Folder { get; } = Path.Join(FolderOfThisFile(), "cases");

    public static IEnumerable<string> Names => Directory.EnumerateDirectories(Folder).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    public string Root => Path.Join(Folder, Name);

    /// <summary>What a newer version reads; null where every version reads the same.</summary>
    public IReadOnlyList<string>? Newer => Path.Join(Root, "newer") is var file && File.Exists(file) ? [.. File.ReadAllLines(file).Select(line => line.Replace("ROOT", Root.ToLowerInvariant(), StringComparison.Ordinal))] : null;

    public static ComposeCase Open(string name)
    {
        var run = Path.Join(Folder, name, "run");
        var lines = File.Exists(run) ? File.ReadAllLines(run) : [];
        return new ComposeCase(
            name,
            [.. lines.Where(line => line.StartsWith("-f ", StringComparison.Ordinal)).Select(line => line[3..])],
            lines.Where(line => !line.StartsWith("-f ", StringComparison.Ordinal)).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal));
    }

    /// <summary>Our reading. Paths may lead anywhere: what is compared is the reading, not what the repository allows.</summary>
    public (ComposeProject Project, IReadOnlyList<Diagnostic> Diagnostics) Read()
    {
        var diagnostics = new DiagnosticBag();
        var files = Files.Count > 0 ? [.. Files.Select(file => Path.GetFullPath(file, Root))] : ComposeFiles.In(Root, Variables);
        var source = new ComposeSource([.. files.Select(file => new Located<string>(file, new SourceSpan(file, 1, 1)))], null, null, Variables) { Folder = Files.Count > 0 ? null : Root };
        var project = new ComposeReader(new RepositoryPaths(Root, Root, null, AllowOutside: true, diagnostics), diagnostics).Read(source);
        return (project, diagnostics.Items);
    }

    private static string FolderOfThisFile([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
