namespace Orchestrator.Package.Tests.Packed;

/// <summary>A push is asked for by name, or by publishing an images project that says so; never an accident.</summary>
internal sealed class PushTests
{
    [Test]
    public async Task The_target_builds_and_then_pushes_what_the_properties_say()
    {
        var repo = Images();
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync(
            "build", "-t:OrchestratorPush", "-p:OrchestratorImages=app", "-p:OrchestratorEnvironment=prod", "-p:OrchestratorPushManifest=out/release.json", "-p:Version=1.4.0",
            "-p:OrchestratorCommit=0a1b2c3", "-p:OrchestratorBranch=main", "-p:OrchestratorEngineMissing=skip");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(Commands(tool), Is.EqualTo(new[] { "build", "push" }));
        Assert.That(tool.Calls.Single(call => call[0] == "push"), Is.EqualTo(new[]
        {
            "push", "--file", repo.PathOf("images.yml"), "--environment", "prod", "--progress", "msbuild", "--engine-missing", "error", "--projects", "tell", "--manifest", repo.PathOf("out/release.json"),
            "--version", "1.4.0", "--commit", "0a1b2c3", "--branch", "main", "app",
        }));
    }

    [TestCase("-p:OrchestratorPushDryRun=true", true)]
    [TestCase("-p:NoBuild=true", false)]
    public async Task What_may_not_build_only_pushes(string argument, bool isDryRun)
    {
        var repo = Images();
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync("build", "-t:OrchestratorPush", argument);

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(Commands(tool), Is.EqualTo(new[] { "push" }));
        Assert.That(tool.Calls.Single().Contains("--dry-run"), Is.EqualTo(isDryRun));
    }

    [Test]
    public async Task A_build_that_fails_is_not_pushed()
    {
        var repo = Images();
        var tool = new ScriptedTool(repo, "orc1|error|ORC3001||/f|1|1|1|1|a step failed", "!exit 1");

        var result = await repo.DotNetAsync("publish", "-p:OrchestratorPush=true");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        Assert.That(Commands(tool), Is.EqualTo(new[] { "build" }));
    }

    [Test]
    public async Task Publishing_an_images_project_pushes_when_it_was_asked_for()
    {
        var repo = Images();
        var tool = new ScriptedTool(repo);

        var without = await repo.DotNetAsync("publish");
        var before = tool.Calls.Count;
        var with = await repo.DotNetAsync("publish", "-p:OrchestratorPush=true");

        Assert.That(without.ExitCode, Is.Zero, without.Output);
        Assert.That(before, Is.Zero);
        Assert.That(with.ExitCode, Is.Zero, with.Output);
        Assert.That(Commands(tool), Is.EqualTo(new[] { "build", "push" }));
    }

    [TestCase("build", "images.csproj")]
    [TestCase("build", "images.csproj", "-t:Rebuild")]
    [TestCase("clean", "images.csproj")]
    [TestCase("pack", "images.csproj")]
    [TestCase("test", "images.csproj")]
    [TestCase("build", "code/code.csproj")]
    [TestCase("publish", "code/code.csproj")]
    [TestCase("pack", "code/code.csproj")]
    public async Task Nothing_else_pushes(params string[] arguments)
    {
        var repo = Images();
        repo.Write("code/code.csproj", Workspace.CodeProject("<OrchestratorGraph>../images.yml</OrchestratorGraph>"));
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync([.. arguments, "-p:OrchestratorPush=true"]);

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(Commands(tool), Has.None.EqualTo("push"));
    }

    private static IEnumerable<string> Commands(ScriptedTool tool) => tool.Calls.Select(call => call[0]);

    private static Workspace Images()
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("images.csproj", Workspace.ImagesProject);
        return repo;
    }
}
