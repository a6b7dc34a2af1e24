using Orchestrator.Testing;

namespace Orchestrator.Package.Tests.Packed;

/// <summary>The package against real engines.</summary>
[Category("Engine")]
internal sealed class EngineTests
{
    [Test]
    public async Task Builds_then_finds_nothing_to_do_then_cleans([ValueSource(typeof(TestEngines), nameof(TestEngines.Labels))] string label)
    {
        var repo = new Workspace().With("DOCKER_HOST", TestEngines.Host(label));
        repo.Write("images.yml", "name: packagetest\nimages:\n  packagetest-base: base\n  packagetest-app: app\n");
        repo.Write("base/Dockerfile", "FROM scratch\nCOPY file /base\n");
        repo.Write("base/file", Guid.NewGuid().ToString());
        repo.Write("app/Dockerfile", "FROM packagetest-base\nCOPY file /app\n");
        repo.Write("app/file", "app");
        repo.Write("images.csproj", Workspace.ImagesProject);

        var first = await repo.DotNetAsync("build", "-t:Build", "-getItem:OrchestratorImage");
        var second = await repo.DotNetAsync("build", "-t:Build", "-getItem:OrchestratorImage");
        var seen = await repo.DotNetAsync("build", "-t:Rebuild");
        var clean = await repo.DotNetAsync("build", "-t:OrchestratorCleanImages");

        Assert.Multiple(() =>
        {
            Assert.That(first.ExitCode, Is.Zero, first.Output);
            Assert.That(first.Output, Does.Contain("\"Identity\": \"packagetest-app\"").And.Contain("\"Action\": \"build\""));
            Assert.That(second.ExitCode, Is.Zero, second.Output);
            Assert.That(second.Output, Does.Contain("\"Action\": \"up-to-date\"").And.Not.Contain("\"Action\": \"build\""));
            Assert.That(seen.Output, Does.Contain("images -> packagetest-app (up to date").Or.Contain("images -> packagetest-app (up-to-date"));
            Assert.That(clean.ExitCode, Is.Zero, clean.Output);
        });
    }

    [Test]
    public async Task A_failing_step_is_an_error_in_the_Dockerfile([ValueSource(typeof(TestEngines), nameof(TestEngines.Stores))] string label)
    {
        var repo = new Workspace().With("DOCKER_HOST", TestEngines.Host(label));
        repo.Write("images.yml", "name: packagetest-fails\nimages:\n  packagetest-fails: .\n");
        repo.Write("Dockerfile", "FROM scratch\n\nCOPY missing /file\n");
        repo.Write("images.csproj", Workspace.ImagesProject);

        var result = await repo.DotNetAsync("build");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        Assert.That(result.Output, Does.Match(System.Text.RegularExpressions.Regex.Escape(repo.PathOf("Dockerfile")) + @"\(3,\d+(,\d+,\d+)?\): error ORC\d{4}: "));
    }

    /// <summary>Whatever a build writes beside the project (obj, bin) must not come back as a change of the context.</summary>
    [Test]
    public async Task With_the_project_at_the_root_of_the_context_the_second_build_does_nothing([ValueSource(typeof(TestEngines), nameof(TestEngines.Stores))] string label)
    {
        var repo = new Workspace().With("DOCKER_HOST", TestEngines.Host(label));
        repo.Write("images.yml", "name: packagetest-root\nimages:\n  packagetest-root: .\n");
        repo.Write("Dockerfile", "FROM scratch\nCOPY . .\n");
        repo.Write("file", Guid.NewGuid().ToString());
        repo.Write("images.csproj", Workspace.ImagesProject);

        var first = await repo.DotNetAsync("build");
        var second = await repo.DotNetAsync("build", "-getItem:OrchestratorImage", "-t:Build");
        var clean = await repo.DotNetAsync("build", "-t:OrchestratorCleanImages");

        Assert.That(first.ExitCode, Is.Zero, first.Output);
        Assert.That(second.Output, Does.Contain("\"Action\": \"up-to-date\""));
        Assert.That(clean.ExitCode, Is.Zero, clean.Output);
    }

    [Test]
    public async Task Tests_are_run_in_containers_and_written_down([ValueSource(typeof(TestEngines), nameof(TestEngines.Stores))] string label)
    {
        var repo = new Workspace().With("DOCKER_HOST", TestEngines.Host(label));
        repo.Write("images.yml", "name: packagetest-tests\nimages:\n  packagetest-tests:\n    context: .\n    test:\n      - test -e /file\n      - { run: cat /file, stdout: two }\n");
        repo.Write("Dockerfile", "FROM local/busybox\nCOPY file /file\n");
        repo.Write("file", "one");
        repo.Write("images.csproj", Workspace.ImagesProject);

        var failed = await repo.DotNetAsync("test", "images.csproj", "-p:OrchestratorTestResults=results.trx");
        repo.Write("file", "two");
        var passed = await repo.DotNetAsync("build", "-t:OrchestratorTest");
        var again = await repo.DotNetAsync("test", "images.csproj", "--no-build", "-v:n");
        var clean = await repo.DotNetAsync("build", "-t:OrchestratorCleanImages");

        Assert.That(failed.ExitCode, Is.EqualTo(1), failed.Output);
        Assert.That(failed.Output, Does.Contain(repo.PathOf("images.yml") + "(7,9").And.Contain(": error ORC3020: The test 'cat /file' of 'packagetest-tests' failed: stdout should contain 'two'."));
        Assert.That(File.ReadAllText(repo.PathOf("results.trx")), Does.Contain("outcome=\"Failed\"").And.Contain("passed=\"1\" failed=\"1\""));
        Assert.That(passed.ExitCode, Is.Zero, passed.Output);
        Assert.That(again.ExitCode, Is.Zero, again.Output);
        Assert.That(again.Output, Does.Contain("2 tests of 1 images: 2 passed before, in "));
        Assert.That(clean.ExitCode, Is.Zero, clean.Output);
    }
}
