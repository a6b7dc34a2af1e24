using System.IO.Compression;
using System.Xml.Linq;

namespace Orchestrator.Package.Tests.Packed;

internal sealed class PackageContentTests
{
    private static readonly string[] Expected =
    [
        "README.md",
        "Sdk/Sdk.props",
        "Sdk/Sdk.targets",
        "build/Orchestrator.Sdk.props",
        "build/Orchestrator.Sdk.targets",
        "build/Orchestrator.Version.targets",
        "build/Orchestrator.props",
        "build/Orchestrator.targets",
        "buildMultiTargeting/Orchestrator.Sdk.props",
        "buildMultiTargeting/Orchestrator.Sdk.targets",
        "images.schema.json",
        .. Directory.EnumerateFiles(Path.Join(Paths.RepositoryRoot, "nuget", "docs"), "*.md").Select(file => "docs/" + Path.GetFileName(file)),
        "tasks/netstandard2.0/Orchestrator.Tasks.dll",
        "tools/net10.0/any/Orchestrator.Projects.proj",
        "tools/net10.0/any/Orchestrator.Projects.props",
        "tools/net10.0/any/Orchestrator.Projects.targets",
        "tools/net10.0/any/Orchestrator.Tool.dll",
        "tools/net10.0/any/Orchestrator.Tool.runtimeconfig.json",
    ];

    [Test]
    public void Everything_has_its_place()
    {
        using var package = ZipFile.OpenRead(Package.File);
        var names = package.Entries.Select(entry => entry.FullName).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(names, Is.SupersetOf(Expected));
            Assert.That(names.Where(name => name.StartsWith("tasks/", StringComparison.Ordinal)), Has.Exactly(1).Items, "no dependency of ours is loaded into MSBuild");
            Assert.That(names.Where(name => name.EndsWith("/Orchestrator.Projects.proj", StringComparison.Ordinal)), Has.Exactly(names.Count(name => Path.GetFileName(name) is "Orchestrator.Tool" or "Orchestrator.Tool.dll")).Items, "beside every copy of the tool");
            Assert.That(names, Has.None.StartsWith("lib/").And.None.StartsWith("buildTransitive/"));
        });
    }

    [Test]
    public void There_is_machine_code_for_the_system_that_packs_and_what_else_was_asked_for_is_compiled_ahead()
    {
        Package.NeedsMachineCode();
        using var package = ZipFile.OpenRead(Package.File);
        var system = package.Entries.Single(entry => entry.FullName.EndsWith("/Orchestrator.Tool", StringComparison.Ordinal));

        Assert.Multiple(() =>
        {
            Assert.That(system.FullName, Is.EqualTo($"tools/net10.0/{System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}/Orchestrator.Tool"));
            Assert.That(Text(package, system.FullName.Replace("Orchestrator.Tool", "glibc", StringComparison.Ordinal)), Does.Match(@"^2\.\d+\s*$"));
            Assert.That(package.Entries.Select(entry => entry.FullName), Has.None.EndsWith(".dbg").And.None.EndsWith(".pdb"));
            Assert.That(package.GetEntry($"tools/net10.0/{Package.AnotherRuntime}/Orchestrator.dll")!.Length, Is.GreaterThan(1.5 * package.GetEntry("tools/net10.0/any/Orchestrator.dll")!.Length));
        });
    }

    [Test]
    public void It_is_an_sdk_and_a_development_dependency_without_dependencies()
    {
        using var package = ZipFile.OpenRead(Package.File);
        using var stream = package.GetEntry("Orchestrator.Sdk.nuspec")!.Open();
        var elements = XDocument.Load(stream).Descendants().ToList();

        Assert.Multiple(() =>
        {
            Assert.That(elements.Where(element => element.Name.LocalName == "packageType").Select(element => element.Attribute("name")!.Value), Is.EquivalentTo(new[] { "MSBuildSDK", "Dependency" }));
            Assert.That(elements.Single(element => element.Name.LocalName == "developmentDependency").Value, Is.EqualTo("true"));
            Assert.That(elements.Where(element => element.Name.LocalName == "dependency"), Is.Empty);
        });
    }

    private static string Text(ZipArchive package, string name)
    {
        using var reader = new StreamReader(package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    [Test]
    public void Every_private_target_and_property_is_marked_so()
    {
        using var package = ZipFile.OpenRead(Package.File);
        using var stream = package.GetEntry("build/Orchestrator.targets")!.Open();
        var names = XDocument.Load(stream).Descendants()
            .Where(element => element.Name.LocalName == "Target")
            .Select(element => element.Attribute("Name")!.Value)
            .Order(StringComparer.Ordinal);

        Assert.That(names, Is.EqualTo(new[] { "OrchestratorBuild", "OrchestratorCheck", "OrchestratorCleanImages", "OrchestratorLock", "OrchestratorPlan", "OrchestratorPush", "OrchestratorTest", "_OrchestratorBuildForTest", "_OrchestratorBuildWithProject", "_OrchestratorGetRelease", "_OrchestratorSayInactive", "_OrchestratorWithholdImages" }));
    }
}
