namespace Orchestrator.Package.Tests.Packed;

/// <summary>The version that somebody set reaches the tool; the 1.0.0 that the SDK gives everybody does not.</summary>
internal sealed class VersionTests
{
    [TestCase("", "", null)]
    [TestCase("<VersionPrefix>1.4.0</VersionPrefix>", "", "1.4.0")]
    [TestCase("<VersionPrefix>1.4.0</VersionPrefix><VersionSuffix>rc.1</VersionSuffix>", "", "1.4.0-rc.1")]
    [TestCase("<Version>1.0.0</Version>", "", "1.0.0")]
    [TestCase("<PackageVersion>1.5.0</PackageVersion>", "", "1.5.0")]
    [TestCase("", "-p:Version=1.0.0", "1.0.0")]
    [TestCase("", "-p:VersionPrefix=2.0.0", "2.0.0")]
    [TestCase("<Version>1.0.0</Version>", "-p:OrchestratorVersion=3.0.0", "3.0.0")]
    public async Task What_was_set_is_passed(string properties, string argument, string? version)
    {
        var repo = Images();
        repo.Write("Directory.Build.props", $"<Project><PropertyGroup>{properties}</PropertyGroup></Project>");

        Assert.That(await VersionAsync(repo, [.. argument.Split(' ', StringSplitOptions.RemoveEmptyEntries)]), Is.EqualTo(version));
    }

    /// <summary>The shape of MinVer's and Nerdbank.GitVersioning's packages: a target on GetPackageVersionDependsOn that sets properties.</summary>
    [TestCase("<Version>3.2.1-rc.4</Version><PackageVersion>3.2.1-rc.4</PackageVersion>", "3.2.1-rc.4")]
    [TestCase("<PackageVersion>3.2.1</PackageVersion>", "3.2.1")]
    [TestCase("<Version>1.0.0</Version><PackageVersion>1.0.0</PackageVersion><SourceRevisionId>0a1b2c3</SourceRevisionId>", null)]
    public async Task What_a_target_computes_is_passed(string properties, string? version)
    {
        var repo = Images();
        repo.Write("Directory.Build.targets", $"""
            <Project>
              <PropertyGroup><GetPackageVersionDependsOn>$(GetPackageVersionDependsOn);ComputeVersion</GetPackageVersionDependsOn></PropertyGroup>
              <Target Name="ComputeVersion"><PropertyGroup>{properties}</PropertyGroup></Target>
            </Project>
            """);

        Assert.That(await VersionAsync(repo), Is.EqualTo(version));
    }

    [TestCase("", null)]
    [TestCase("<Version>1.0.0</Version>", "1.0.0")]
    public async Task A_package_reference_tells_a_set_version_from_the_default_too(string properties, string? version)
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("app.csproj", Workspace.CodeProject(
            properties, "<TargetFramework>netstandard2.0</TargetFramework><DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>"));

        Assert.That(await VersionAsync(repo), Is.EqualTo(version));
    }

    private static Workspace Images()
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("images.csproj", Workspace.ImagesProject);
        return repo;
    }

    /// <summary>The version that the plan's one call of the tool was given.</summary>
    private static async Task<string?> VersionAsync(Workspace repo, params string[] arguments)
    {
        var tool = new ScriptedTool(repo);
        var result = await repo.DotNetAsync(["build", "-t:OrchestratorPlan", .. arguments]);
        Assert.That(result.ExitCode, Is.Zero, result.Output);
        var call = tool.Calls.Single();
        Assert.That(call[0], Is.EqualTo("plan"));
        var option = Array.IndexOf(call, "--version");
        return option < 0 ? null : call[option + 1];
    }
}
