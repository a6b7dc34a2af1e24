using System.Runtime.CompilerServices;
using System.Text;
using NuGet.Versioning;
using Orchestrator.Diagnostics;
using Orchestrator.Keys;
using Orchestrator.Tagging;
using Orchestrator.Tests.Graph;

namespace Orchestrator.Tests.Tagging;

/// <summary>
/// A directory per case: <c>images.yml</c>, <c>release</c> (one <c>name=value</c> a line: version, commit, branch, dirty) and <c>result</c>, every tag with its class
/// and the version it stands for, then what was found wrong. <c>UPDATE_GOLDEN=1 dotnet test</c> writes the results anew.
/// </summary>
internal sealed class ReleaseTagsTests : GraphFixture
{
    private static string CasesDirectory => Path.Combine(SourceDirectory(), "cases");

    [TestCaseSource(nameof(Cases))]
    public void A_release_has_the_tags_as_recorded(string name)
    {
        var folder = Path.Combine(CasesDirectory, name);
        Write("api/Dockerfile");
        Write("web/Dockerfile", "FROM scratch\nLABEL x=y\n");
        var (graph, findings) = Read(File.ReadAllText(Path.Combine(folder, "images.yml")));
        Assert.That(findings.Where(finding => finding.Severity > Severity.Message), Is.Empty);
        var diagnostics = new DiagnosticBag();

        var images = new ReleaseTags(graph!, Facts(Path.Combine(folder, "release")), diagnostics).Resolve(graph!.Images, node => node.Name == "keyless" ? null : new CacheKey(new string('a', 64)));

        var actual = Describe(images, diagnostics);
        var recorded = Path.Combine(folder, "result");
        if (System.Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(recorded, actual);
        }

        Assert.That(actual, Is.EqualTo(File.ReadAllText(recorded)));
    }

    internal static IEnumerable<string> Cases() => Directory.EnumerateDirectories(CasesDirectory).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    private string Describe(IReadOnlyList<ImageTags> images, DiagnosticBag diagnostics)
    {
        var text = new StringBuilder();
        foreach (var image in images)
        {
            text.Append(image.Node.Name).Append('\n');
            foreach (var tag in image.Tags)
            {
                text.Append("  ").Append(tag.Reference).Append(' ').Append(tag.Class).Append(' ').Append(tag.StandsFor?.ToNormalizedString() ?? "-").Append('\n');
            }
        }

        foreach (var diagnostic in diagnostics.Items)
        {
            text.Append(diagnostic.ToString().Replace(Root + "/", "", StringComparison.Ordinal)).Append('\n');
        }

        return text.ToString();
    }

    private static ReleaseFacts Facts(string file)
    {
        var values = File.ReadAllLines(file).Where(line => line.Length > 0).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        Fact<string> Text(string name) => values.TryGetValue(name, out var value) ? Fact<string>.Known(value, "the case") : Fact<string>.Missing($"the case has no {name}");
        return new ReleaseFacts
        {
            Version = values.TryGetValue("version", out var version) ? Fact<NuGetVersion>.Known(NuGetVersion.Parse(version), "the case") : Fact<NuGetVersion>.Missing("the case has no version"),
            Commit = Text("commit"),
            IsDirty = values.ContainsKey("dirty"),
            Branch = Text("branch"),
        };
    }

    private static string SourceDirectory([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
