namespace Orchestrator.Package.Tests.Packed;

internal sealed class SolutionTests
{
    [TestCase("sln")]
    [TestCase("slnx")]
    public async Task A_solution_builds_its_graph_once(string format)
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("images.csproj", Workspace.ImagesProject);
        repo.Write("one/one.csproj", Workspace.CodeProject(""));
        repo.Write("two/two.csproj", Workspace.CodeProject("", body: """<ItemGroup><ProjectReference Include="../images.csproj" ReferenceOutputAssembly="false" /><ProjectReference Include="../one/one.csproj" /></ItemGroup>"""));
        var tool = new ScriptedTool(repo);
        var creation = await repo.DotNetAsync("new", "sln", "--name", "repo", "--format", format);
        var addition = await repo.DotNetAsync("sln", "add", "images.csproj", "one/one.csproj", "two/two.csproj");
        Assert.That((creation.ExitCode, addition.ExitCode), Is.EqualTo((0, 0)), creation.Output + addition.Output);

        foreach (var arguments in new string[][] { ["-m"], ["-graph"], ["-t:Rebuild", "-m"] })
        {
            var before = tool.Calls.Count;
            var result = await repo.DotNetAsync(["build", $"repo.{format}", .. arguments]);
            Assert.Multiple(() =>
            {
                Assert.That(result.ExitCode, Is.Zero, result.Output);
                Assert.That(result.Counts, Is.EqualTo((0, 0)));
                Assert.That(tool.Calls, Has.Count.EqualTo(before + 1));
            });
        }

        var calls = tool.Calls.Count;
        foreach (var command in new[] { "clean", "pack", "publish", "test" })
        {
            var result = await repo.DotNetAsync(command, $"repo.{format}");
            Assert.That(result.ExitCode, Is.Zero, result.Output);
        }

        Assert.That(tool.Calls.Skip(calls).Select(call => call[0]), Is.EqualTo(new[] { "build", "test" }), "published is a project that refers to the images; what a test builds is the tool's to say");
    }

    /// <summary>Two nodes, each with images to build, whose tools wait for what comes behind them in the solution.</summary>
    [Test]
    public async Task Other_projects_are_compiled_while_images_are_built()
    {
        var repo = new Workspace();
        foreach (var folder in new[] { "first", "second" })
        {
            repo.Write($"{folder}/images.yml", Workspace.Graph);
            repo.Write($"{folder}/{folder}.csproj", Workspace.ImagesProject);
        }

        repo.Write("third/third.csproj", Workspace.CodeProject(""));
        var tool = new ScriptedTool(repo, "!await " + repo.PathOf("third/bin/Debug/net10.0/third.dll"));
        _ = await repo.DotNetAsync("new", "sln", "--name", "repo", "--format", "sln");
        _ = await repo.DotNetAsync("sln", "add", "first/first.csproj", "second/second.csproj", "third/third.csproj");

        var result = await repo.DotNetAsync("build", "repo.sln", "-m:2");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(tool.Calls, Has.Count.EqualTo(2));
    }
}
