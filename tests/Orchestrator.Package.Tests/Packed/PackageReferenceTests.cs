namespace Orchestrator.Package.Tests.Packed;

internal sealed class PackageReferenceTests
{
    private const string Nothing = "/nonexistent/tool";

    [Test]
    public async Task A_project_without_a_graph_starts_no_process()
    {
        var repo = new Workspace().With("OrchestratorToolDirectory", Nothing);
        repo.Write("code.csproj", Workspace.CodeProject(""));

        var without = await repo.DotNetAsync("build");
        repo.Write("images.yml", Workspace.Graph);
        var with = await repo.DotNetAsync("build");
        var off = await repo.DotNetAsync("build", "-p:OrchestratorEnabled=false");

        Assert.Multiple(() =>
        {
            Assert.That(without.ExitCode, Is.Zero, without.Output);
            Assert.That(without.Counts, Is.EqualTo((0, 0)));
            Assert.That(with.ExitCode, Is.Not.Zero, "with a graph the same project needs the tool");
            Assert.That(with.Output, Does.Contain("error ORC0004").And.Contain(Nothing));
            Assert.That(off.ExitCode, Is.Zero, off.Output);
        });
    }

    [TestCase("images.yml", "")]
    [TestCase("images.yaml", "")]
    [TestCase("deploy/graph.yml", "<OrchestratorGraph>deploy/graph.yml</OrchestratorGraph>")]
    public async Task The_project_that_owns_a_graph_builds_it_after_its_own_output(string file, string properties)
    {
        var repo = new Workspace();
        repo.Write(file, Workspace.Graph);
        repo.Write("code.csproj", Workspace.CodeProject(properties));
        var tool = new ScriptedTool(repo, "orc1|message|high|images -> app (built, 1.0 s)");

        var result = await repo.DotNetAsync("build");

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.Zero, result.Output);
            Assert.That(tool.Calls.Single()[2], Is.EqualTo(repo.PathOf(file)));
            Assert.That(result.Output.IndexOf("code -> app", StringComparison.Ordinal), Is.GreaterThan(result.Output.IndexOf("code.dll", StringComparison.Ordinal)));
        });
    }

    [TestCase("DesignTimeBuild=true")]
    [TestCase("BuildingForLiveUnitTesting=true")]
    public async Task An_editors_builds_do_nothing(string property)
    {
        var repo = new Workspace().With("OrchestratorToolDirectory", Nothing);
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("code/code.csproj", Workspace.CodeProject("<OrchestratorGraph>../images.yml</OrchestratorGraph>"));
        repo.Write("images.csproj", Workspace.ImagesProject);

        var code = await repo.DotNetAsync("build", "code/code.csproj", "-p:" + property);
        var images = await repo.DotNetAsync("build", "images.csproj", "-p:" + property);
        var designTime = await repo.DotNetAsync("msbuild", "images.csproj", "-t:CompileDesignTime;GetTargetPath", "-p:" + property, "-p:BuildingProject=false");

        Assert.Multiple(() =>
        {
            Assert.That(code.ExitCode, Is.Zero, code.Output);
            Assert.That(images.ExitCode, Is.Zero, images.Output);
            Assert.That(designTime.ExitCode, Is.Zero, designTime.Output);
        });
    }

    [TestCase("build")]
    [TestCase("build", "-m")]
    [TestCase("build", "-graph")]
    public async Task A_project_of_several_frameworks_builds_its_graph_once(params string[] arguments)
    {
        var repo = new Workspace(offlinePackages: true);
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("code.csproj", Workspace.CodeProject("<NoWarn>$(NoWarn);ORC9001</NoWarn>", "<TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>"));
        var tool = new ScriptedTool(repo, "orc1|warning|ORC9001||/f|1|1|1|1|silenced in an outer build too");

        var result = await repo.DotNetAsync(arguments);

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.Zero, result.Output);
            Assert.That(result.Counts, Is.EqualTo((0, 0)));
            Assert.That(tool.Calls, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task Pack_and_publish_build_no_images_and_test_only_tests_them()
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("images.csproj", Workspace.ImagesProject);
        repo.Write("code/code.csproj", Workspace.CodeProject("<OrchestratorGraph>../images.yml</OrchestratorGraph>"));
        var tool = new ScriptedTool(repo);

        foreach (var project in new[] { "images.csproj", "code/code.csproj" })
        {
            foreach (var command in new[] { "pack", "publish", "test" })
            {
                var result = await repo.DotNetAsync(command, project);
                Assert.That(result.ExitCode, Is.Zero, result.Output);
            }
        }

        _ = await repo.DotNetAsync("test", "code/code.csproj", "-p:IsTestProject=true"); // fails: it has no tests; but it builds
        Assert.That(File.Exists(repo.PathOf("code/bin/Debug/net10.0/code.dll")), Is.True);
        Assert.That(tool.Calls.Select(call => call[0]), Is.EqualTo(new[] { "test" }), "the images project, and not the code that refers to its graph");
    }

    [TestCase("<TargetFramework>net10.0</TargetFramework>")]
    [TestCase("<TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>")]
    public async Task The_target_that_packs_builds_no_images_and_a_build_that_packs_does(string frameworks)
    {
        var repo = new Workspace(offlinePackages: true);
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("code.csproj", Workspace.CodeProject("", frameworks));
        var tool = new ScriptedTool(repo);

        var packed = await repo.DotNetAsync("build", "-t:Pack");
        var calls = tool.Calls.Count;
        var built = await repo.DotNetAsync("build", "-p:GeneratePackageOnBuild=true");

        Assert.That(packed.ExitCode, Is.Zero, packed.Output);
        Assert.That(packed.Output, Does.Contain("code.1.0.0.nupkg"));
        Assert.That(calls, Is.Zero);
        Assert.That(built.ExitCode, Is.Zero, built.Output);
        Assert.That(tool.Calls.Select(call => call[0]), Is.EqualTo(new[] { "build" }));
    }

    /// <summary>Visual Studio asks an evaluation for an editor, and would not begin a build of a project whose own files did not change.</summary>
    [TestCase(true, "true")]
    [TestCase(false, "")]
    public async Task An_editor_is_told_to_build_always_where_there_is_a_graph(bool hasGraph, string expected)
    {
        var repo = new Workspace();
        repo.Write("code.csproj", Workspace.CodeProject(hasGraph ? "<OrchestratorGraph>images.yml</OrchestratorGraph>" : ""));
        _ = await repo.DotNetAsync("restore");

        var result = await repo.DotNetAsync("msbuild", "-getProperty:DisableFastUpToDateCheck", "-p:DesignTimeBuild=true");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(result.Output.Trim(), Is.EqualTo(expected));
    }
}
