namespace Orchestrator.Package.Tests.Packed;

/// <summary>Projects of code with a <c>ProjectReference</c> to an images project, which wants the images built and nothing else.</summary>
internal sealed class ReferringProjectTests
{
    [TestCase("test", "build")]
    [TestCase("publish", "build")]
    [TestCase("pack")]
    public async Task What_is_tested_or_published_gets_its_images_first(string command, params string[] calls)
    {
        var repo = Repository();
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync(command, "tests/tests.csproj");

        Assert.That(File.Exists(repo.PathOf($"tests/bin/{(command == "test" ? "Debug" : "Release")}/net10.0/tests.dll")), Is.True, result.Output); // the test itself fails: it has no framework
        Assert.That(tool.Calls.Select(call => call[0]), Is.EqualTo(calls), result.Output);
    }

    /// <summary>Tests build only the images that have some. Who refers to all of them gets all of them, though the images project was built for its tests before.</summary>
    [Test]
    public async Task In_a_solution_whose_images_are_tested_first_the_next_tests_get_all_images()
    {
        var repo = Repository();
        var tool = new ScriptedTool(repo);
        repo.Write("repo.slnx", """<Solution><Project Path="images.csproj" /><Project Path="tests/tests.csproj" /></Solution>""");

        var result = await repo.DotNetAsync("test", "repo.slnx", "-m:1");

        Assert.That(tool.Calls.Select(call => call[0]), Is.EqualTo(new[] { "test", "build" }), result.Output);
    }

    [Test]
    public async Task Nothing_of_what_the_images_project_refers_to_is_published_with_it()
    {
        var repo = Repository();
        _ = new ScriptedTool(repo);
        repo.Write("images.csproj", """<Project Sdk="Orchestrator.Sdk"><ItemGroup><ProjectReference Include="service/service.csproj" /></ItemGroup></Project>""");
        repo.Write("service/service.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
              <ItemGroup><Content Include="settings.json" CopyToOutputDirectory="Always" CopyToPublishDirectory="Always" /></ItemGroup>
            </Project>
            """);
        repo.Write("service/settings.json", "{}");

        var result = await repo.DotNetAsync("publish", "tests/tests.csproj", "-o", repo.PathOf("out"));

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(Directory.GetFiles(repo.PathOf("out")).Select(Path.GetFileName), Does.Contain("tests.dll").And.Not.Contain("settings.json"));
    }

    private static Workspace Repository()
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("images.csproj", Workspace.ImagesProject);
        repo.Write("tests/tests.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit><IsTestProject>true</IsTestProject><IsPackable>true</IsPackable><IsPublishable>true</IsPublishable></PropertyGroup>
              <ItemGroup><ProjectReference Include="../images.csproj" ReferenceOutputAssembly="false" /></ItemGroup>
            </Project>
            """);
        return repo;
    }
}
