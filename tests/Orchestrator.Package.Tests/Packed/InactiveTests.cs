namespace Orchestrator.Package.Tests.Packed;

/// <summary>Who asks by name for what a project has nothing to do with is told so.</summary>
internal sealed class InactiveTests
{
    [TestCase("OrchestratorPush", "there is no images.yml beside it")]
    [TestCase("OrchestratorTest", "there is no images.yml beside it")]
    [TestCase("OrchestratorLock", "there is no images.yml beside it")]
    [TestCase("OrchestratorPush", "OrchestratorEnabled is false", "-p:OrchestratorEnabled=false", "-p:OrchestratorGraph=images.yml")]
    [TestCase("OrchestratorPush", "without one of them", "-f", "net10.0", "-p:OrchestratorGraph=images.yml")]
    public async Task The_reason_is_said(string target, string reason, params string[] arguments)
    {
        var repo = new Workspace(offlinePackages: true);
        repo.Write("code.csproj", Workspace.CodeProject("", arguments.Contains("-f") ? "<TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>" : "<TargetFramework>net10.0</TargetFramework>"));
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync(["build", "-t:" + target, .. arguments]);

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(result.Output, Does.Contain("code -> nothing to do with images: ").And.Contain(reason));
        Assert.That(tool.Calls, Is.Empty);
    }

    [Test]
    public async Task A_solution_asks_all_of_its_projects_and_those_that_have_nothing_to_do_are_silent()
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("images.csproj", Workspace.ImagesProject);
        repo.Write("code/code.csproj", Workspace.CodeProject(""));
        var tool = new ScriptedTool(repo);
        _ = await repo.DotNetAsync("new", "sln", "--name", "repo", "--format", "slnx");
        _ = await repo.DotNetAsync("sln", "add", "images.csproj", "code/code.csproj");

        var result = await repo.DotNetAsync("build", "repo.slnx", "-t:OrchestratorLock");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(result.Output, Does.Not.Contain("nothing to do"));
        Assert.That(tool.Calls, Has.Count.EqualTo(1));
    }
}
