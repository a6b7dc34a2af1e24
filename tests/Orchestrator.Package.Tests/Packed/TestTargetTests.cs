namespace Orchestrator.Package.Tests.Packed;

/// <summary>The tests of images are run by name, and by <c>dotnet test</c> of an images project.</summary>
internal sealed class TestTargetTests
{
    [Test]
    public async Task The_target_runs_what_the_properties_say()
    {
        var repo = Images();
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync(
            "build", "-t:OrchestratorTest", "-p:OrchestratorImages=app", "-p:OrchestratorEnvironment=prod", "-p:OrchestratorTestResults=out/results.trx", "-p:OrchestratorTestJUnit=out/results.xml",
            "-p:OrchestratorTestNoCache=true", "-p:OrchestratorKeep=5");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(tool.Calls.Single(), Is.EqualTo(new[]
        {
            "test", "--file", repo.PathOf("images.yml"), "--environment", "prod", "--progress", "msbuild", "--engine-missing", "error", "--projects", "tell", "--no-cache", "--keep", "5",
            "--trx", repo.PathOf("out/results.trx"), "--junit", repo.PathOf("out/results.xml"), "app",
        }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_test_of_an_images_project_runs_them(bool isBuilt)
    {
        var repo = Images();
        var tool = new ScriptedTool(repo);
        await repo.DotNetAsync("restore");

        var result = await repo.DotNetAsync(["test", "images.csproj", .. isBuilt ? new[] { "--no-build" } : []]);

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(tool.Calls.Select(call => (call[0], call.Contains("--no-build"))), Is.EqualTo(new[] { ("test", isBuilt) }));
    }

    [TestCase("--list-tests")]
    [TestCase("--filter", "Category=Unit")]
    public async Task Listing_tests_and_looking_for_some_runs_none(params string[] arguments)
    {
        var repo = Images();
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync(["test", "images.csproj", .. arguments]);

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(tool.Calls, Is.Empty);
    }

    [Test]
    public async Task A_test_that_fails_fails_the_run_at_its_line()
    {
        var repo = Images();
        _ = new ScriptedTool(repo, $"orc1|error|ORC3020||{repo.PathOf("images.yml")}|4|15|0|0|The test 'x' of 'app' failed\\n  \\p last line", "!exit 1");

        var result = await repo.DotNetAsync("test", "images.csproj");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        Assert.That(result.Output, Does.Contain($"{repo.PathOf("images.yml")}(4,15): error ORC3020: The test 'x' of 'app' failed"));
    }

    [Test]
    public async Task A_push_may_require_them()
    {
        var repo = Images();
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync("build", "-t:OrchestratorPush", "-p:OrchestratorRequireTests=true");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(tool.Calls.Select(call => (call[0], call.Contains("--require-tests"))), Is.EqualTo(new[] { ("build", false), ("push", true) }));
    }

    /// <summary>The tests of a project of code are its own, whether or not it has a graph as well.</summary>
    [Test]
    public async Task A_test_of_a_project_of_code_runs_none()
    {
        var repo = Images();
        repo.Write("code/code.csproj", Workspace.CodeProject("<OrchestratorGraph>../images.yml</OrchestratorGraph>"));
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync("test", "code/code.csproj");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(tool.Calls, Is.Empty);
    }

    private static Workspace Images()
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("images.csproj", Workspace.ImagesProject);
        return repo;
    }
}
