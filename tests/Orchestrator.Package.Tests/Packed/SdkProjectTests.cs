namespace Orchestrator.Package.Tests.Packed;

/// <summary><c>&lt;Project Sdk="Orchestrator.Sdk" /&gt;</c> beside <c>images.yml</c>.</summary>
internal sealed class SdkProjectTests
{
    [Test]
    public async Task Build_runs_the_tool_once_for_the_graph_beside_the_project()
    {
        var repo = Images("a repo");
        var tool = new ScriptedTool(repo, "orc1|message|high|images -> app (built, 3.2 s)");

        var result = await repo.DotNetAsync("build");

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.Zero, result.Output);
            Assert.That(result.Counts, Is.EqualTo((0, 0)));
            Assert.That(result.Output, Does.Contain("images -> app (built, 3.2 s)"));
            Assert.That(tool.Calls, Has.Count.EqualTo(1));
            Assert.That(tool.Calls[0], Is.EqualTo(new[] { "build", "--file", $"\"{repo.PathOf("images.yml")}\"", "--progress", "msbuild", "--engine-missing", "warn", "--projects", "tell" }));
            Assert.That(Directory.Exists(repo.PathOf("bin")), Is.False, "there is nothing to put into bin");
        });
    }

    [Test]
    public async Task Every_property_reaches_the_tool()
    {
        var repo = Images();
        repo.Write("graphs/all.yml", Workspace.Graph);
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync(
            "build", "-p:OrchestratorGraph=graphs/all.yml", "-p:OrchestratorEnvironment=prod", "-p:OrchestratorImages=base%3Bapp", "-p:OrchestratorParallel=4", "-p:OrchestratorNoCache=true",
            "-p:OrchestratorPull=true", "-p:OrchestratorOutput=registry", "-p:OrchestratorKeep=5", "-p:OrchestratorReport=out/report.html%3Bout/report.json", "-p:ContinuousIntegrationBuild=true");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(tool.Calls.Single(), Is.EqualTo(new[]
        {
            "build", "--file", repo.PathOf("graphs/all.yml"), "--environment", "prod", "--progress", "msbuild", "--engine-missing", "error", "--projects", "tell",
            "--parallel", "4", "--no-cache", "--pull", "--output", "registry", "--keep", "5", "--report", repo.PathOf("out/report.html"), "--report", repo.PathOf("out/report.json"), "base", "app",
        }));
    }

    [Test]
    public async Task Semicolons_and_backslashes_reach_the_tool_as_they_are()
    {
        var repo = new Workspace();
        repo.Write("a;b/images.yml", Workspace.Graph);
        repo.Write("a;b/images.csproj", Workspace.ImagesProject);
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync("build", "a;b/images.csproj", @"-p:OrchestratorEnvironment=x\y", "-p:OrchestratorReport=report.html");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(tool.Calls.Single(), Does.Contain(repo.PathOf("a;b/images.yml")).And.Contain(@"x\y").And.Contain(repo.PathOf("a;b/report.html")));
    }

    [Test]
    public async Task A_compose_file_is_a_graph_where_there_is_no_images_yml()
    {
        var repo = Images();
        File.Move(repo.PathOf("images.yml"), repo.PathOf("docker-compose.yml"));
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync("build");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(tool.Calls.Single()[..3], Is.EqualTo(new[] { "build", "--file", Path.GetDirectoryName(repo.PathOf("images.yml")) }), "the folder: which files lie over each other is the tool's to say");
    }

    [Test]
    public async Task Clean_deletes_no_image_and_rebuild_builds()
    {
        var repo = Images();
        var tool = new ScriptedTool(repo);

        var clean = await repo.DotNetAsync("clean");
        var callsAfterClean = tool.Calls.Count;
        var rebuild = await repo.DotNetAsync("build", "-t:Rebuild");

        Assert.Multiple(() =>
        {
            Assert.That(clean.ExitCode, Is.Zero, clean.Output);
            Assert.That(callsAfterClean, Is.Zero);
            Assert.That(rebuild.ExitCode, Is.Zero, rebuild.Output);
            Assert.That(tool.Calls.Select(call => call[0]), Is.EqualTo(new[] { "build" }));
        });
    }

    [Test]
    public async Task A_lock_is_that_of_the_environment_and_needs_an_engine()
    {
        var repo = Images();
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync("build", "-t:OrchestratorLock", "-p:OrchestratorEnvironment=prod", "-p:OrchestratorLockUpdate=true");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(tool.Calls.Single(), Is.EqualTo(new[] { "lock", "--file", repo.PathOf("images.yml"), "--environment", "prod", "--progress", "msbuild", "--engine-missing", "error", "--update" }));
    }

    [TestCase("OrchestratorPlan", "plan")]
    [TestCase("OrchestratorCleanImages", "clean")]
    [TestCase("OrchestratorBuild", "build")]
    public async Task Public_targets_can_be_called_by_name(string target, string command)
    {
        var repo = Images();
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync("build", $"-t:{target}");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(tool.Calls.Select(call => call[0]), Is.EqualTo(new[] { command }));
    }

    [Test]
    public async Task Images_are_returned_as_items()
    {
        var repo = Images();
        _ = new ScriptedTool(repo, @"orc1|image|app|Reference=app:latest|Action=build|Reason=50% \p *.cs; changed|Tags=app:latest;app:dev");

        var result = await repo.DotNetAsync("build", "-getTargetResult:OrchestratorBuild", "-t:Build;OrchestratorBuild");

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.Zero, result.Output);
            Assert.That(result.Output, Does.Contain("\"Identity\": \"app\"").And.Contain("\"Reference\": \"app:latest\"").And.Contain("\"Reason\": \"50% | *.cs; changed\"").And.Contain("\"Tags\": \"app:latest;app:dev\""));
        });
    }

    [Test]
    public async Task References_are_built_before_the_images_whatever_their_framework()
    {
        var repo = Images(project: """<Project Sdk="Orchestrator.Sdk"><ItemGroup><ProjectReference Include="code/code.csproj" /></ItemGroup></Project>""");
        repo.Write("code/code.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup></Project>""");
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync("build", "images.csproj", "-m");

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.Zero, result.Output);
            Assert.That(File.Exists(repo.PathOf("code/bin/Debug/net10.0/code.dll")), Is.True);
            Assert.That(tool.Calls, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task Code_that_does_not_compile_stops_before_the_images()
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("code.csproj", Workspace.CodeProject(""));
        repo.Write("broken.cs", "this is not C#");
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync("build");

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.Not.Zero);
            Assert.That(tool.Calls, Is.Empty);
        });
    }

    /// <summary>Their manifests take time to read. Who asks for them by name gets them, and Visual Studio and "dotnet workload restore" do.</summary>
    [TestCase("false")]
    [TestCase("true", "-p:MSBuildEnableWorkloadResolver=true")]
    [TestCase("true", "-p:BuildingInsideVisualStudio=true")]
    [TestCase("true", "-p:SkipResolvePackageAssets=true")]
    public async Task No_workloads_are_looked_for(string expected, params string[] arguments)
    {
        var repo = Images();

        var result = await repo.DotNetAsync(["msbuild", "-getProperty:MSBuildEnableWorkloadResolver", .. arguments]);

        Assert.That(result.Output.Trim(), Is.EqualTo(expected));
    }

    /// <summary>A process of its own is what MSBuild gives to tasks of which it does not know that they share one well.</summary>
    [Test]
    public async Task A_build_whose_projects_share_a_process_runs_our_tasks_in_it()
    {
        var repo = Images("a repo");
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync("build", "-mt", "-v:d", "-p:OrchestratorReport=report.json");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(result.Output, Does.Contain("\"OrchestratorBuildImages\"").And.Not.Contain("Task \"OrchestratorBuildImages\" ran in TaskHost"));
        Assert.That(tool.Calls.Single(), Does.Contain($"\"{repo.PathOf("report.json")}\""));
    }

    private static Workspace Images(string name = "repo", string project = Workspace.ImagesProject)
    {
        var repo = new Workspace(name);
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("images.csproj", project);
        return repo;
    }
}
