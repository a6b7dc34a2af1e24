using System.Runtime.CompilerServices;
using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;

namespace Orchestrator.Tests.Dockerfiles;

/// <summary>
/// A directory per case: <c>Dockerfile</c>, optionally <c>inputs</c>, and <c>result</c>, what was read and resolved, as text.
/// <c>UPDATE_GOLDEN=1 dotnet test</c> writes the results anew; read the difference before committing it.
/// </summary>
internal sealed class GoldenTests
{
    private static string CasesDirectory => Path.Combine(SourceDirectory(), "cases");

    [TestCaseSource(nameof(Cases))]
    public void Dockerfile_is_read_and_resolved_as_recorded(string name)
    {
        var actual = Describe(name);
        var recorded = Path.Combine(CasesDirectory, name, "result");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(recorded, actual);
        }

        Assert.That(actual, Is.EqualTo(File.ReadAllText(recorded)));
    }

    [TestCaseSource(nameof(Cases))]
    public void Any_beginning_of_a_Dockerfile_is_survived(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(CasesDirectory, name, "Dockerfile"));
        var inputs = CaseInputs.Read(CasesDirectory, name);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var diagnostics = new DiagnosticBag();
            var document = DockerfileReader.Read("Dockerfile", bytes.AsMemory(0, length), diagnostics);
            var closure = document is null ? null : StageResolver.Resolve(document, inputs, diagnostics);
            Assert.That(closure is not null || diagnostics.HasErrors, Is.True, $"nothing came out of the first {length} bytes, and no error either");
            Assert.That(diagnostics.Items.Select(item => item.Span.Line), Has.All.GreaterThan(0));
        }
    }

    internal static IEnumerable<string> Cases() => Directory.EnumerateDirectories(CasesDirectory).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    private static string Describe(string name)
    {
        var diagnostics = new DiagnosticBag();
        var text = new StringBuilder();
        var document = DockerfileReader.Read("Dockerfile", File.ReadAllBytes(Path.Combine(CasesDirectory, name, "Dockerfile")), diagnostics);
        if (document is not null)
        {
            DocumentText.Write(document, text);
            if (StageResolver.Resolve(document, CaseInputs.Read(CasesDirectory, name), diagnostics) is { } closure)
            {
                ClosureText.Write(closure, text);
            }
        }

        foreach (var diagnostic in diagnostics.Items)
        {
            text.Append(diagnostic).Append('\n');
        }

        return text.ToString();
    }

    private static string SourceDirectory([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
