namespace Orchestrator.Package.Tests.Packed;

/// <summary>What users hang on a build comes before what is built, tested or pushed.</summary>
internal sealed class BuildStepTests
{
    private const string Images = "images -> app (built, 1.0 s)";

    [TestCase("build")]
    [TestCase("build", "-t:OrchestratorPush")]
    [TestCase("publish", "-p:OrchestratorPush=true")]
    [TestCase("build", "-t:OrchestratorTest")]
    [TestCase("test", "images.csproj")]
    public async Task A_target_before_a_build_comes_before_the_images(params string[] arguments)
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("images.csproj", """<Project Sdk="Orchestrator.Sdk"><Target Name="Scripts" BeforeTargets="Build"><Message Importance="high" Text="scripts are made" /></Target></Project>""");
        _ = new ScriptedTool(repo, "orc1|message|high|" + Images);

        var result = await repo.DotNetAsync(arguments);

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(Lines(result), Is.EqualTo(new[] { "scripts are made", Images }), "and the images are said to be built once");
    }

    [TestCase("-t:OrchestratorPush", "build", "push")]
    [TestCase("-t:OrchestratorTest", "test")]
    public async Task Code_is_compiled_before_its_images_are_pushed_or_tested(string target, params string[] calls)
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("code.csproj", Workspace.CodeProject(""));
        repo.Write("Directory.Build.targets", """
            <Project>
              <PropertyGroup><OrchestratorBuildDependsOn>$(OrchestratorBuildDependsOn);Scripts</OrchestratorBuildDependsOn></PropertyGroup>
              <Target Name="Scripts"><Message Importance="high" Text="scripts are made" /></Target>
            </Project>
            """);
        var tool = new ScriptedTool(repo);

        var without = await repo.DotNetAsync("build", target, "-p:NoBuild=true");
        var callsWithout = tool.Calls.Count;
        var wasCompiled = File.Exists(repo.PathOf("bin/Debug/net10.0/code.dll"));
        var result = await repo.DotNetAsync("build", target);

        Assert.Multiple(() =>
        {
            Assert.That(without.ExitCode, Is.Zero, without.Output);
            Assert.That(callsWithout, Is.EqualTo(1));
            Assert.That(wasCompiled, Is.False);
            Assert.That(result.ExitCode, Is.Zero, result.Output);
            Assert.That(File.Exists(repo.PathOf("bin/Debug/net10.0/code.dll")), Is.True);
            Assert.That(Lines(result), Is.EqualTo(new[] { "scripts are made" }));
            Assert.That(tool.Calls.Skip(1).Select(call => call[0]), Is.EqualTo(calls));
        });
    }

    [Test]
    public async Task Build_events_of_an_images_project_come_before_and_after_its_images()
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("images.csproj", """<Project Sdk="Orchestrator.Sdk"><PropertyGroup><PreBuildEvent>echo before</PreBuildEvent><PostBuildEvent>echo after</PostBuildEvent></PropertyGroup></Project>""");
        _ = new ScriptedTool(repo, "orc1|message|high|" + Images);

        var result = await repo.DotNetAsync("build");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(Lines(result), Is.EqualTo(new[] { "before", Images, "after" }));
    }

    [Test]
    public async Task A_target_after_a_build_comes_after_the_images_of_an_images_project()
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("images.csproj", """<Project Sdk="Orchestrator.Sdk"><Target Name="Tell" AfterTargets="Build"><Message Importance="high" Text="after" /></Target></Project>""");
        _ = new ScriptedTool(repo, "orc1|message|high|" + Images);

        var result = await repo.DotNetAsync("build");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(Lines(result), Is.EqualTo(new[] { Images, "after" }));
    }

    /// <summary>The lines that these tests are about. A push or a test reports as the build before it does, since the script is one.</summary>
    private static IEnumerable<string> Lines(CommandResult result) =>
        result.Output.Split('\n').Select(line => line.Trim()).Where(line => line is "before" or "after" or "scripts are made" or Images).Distinct();
}
