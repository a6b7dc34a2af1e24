namespace Orchestrator.Package.Tests.Packed;

/// <summary>The package against real engines: <c>ORCHESTRATOR_TEST_ENGINES</c> lists them, <c>label=unix:///path</c>, joined by semicolons.</summary>
[Category("Engine")]
internal sealed class EngineTests
{
    private const string Variable = "ORCHESTRATOR_TEST_ENGINES";

    [Test]
    public async Task Builds_then_finds_nothing_to_do_then_cleans()
    {
        foreach (var (label, address) in Engines())
        {
            var repo = new Workspace().With("DOCKER_HOST", address);
            repo.Write("images.yml", "name: packagetest\nimages:\n  packagetest-base: base\n  packagetest-app: app\n");
            repo.Write("base/Dockerfile", "FROM scratch\nCOPY file /base\n");
            repo.Write("base/file", Guid.NewGuid().ToString());
            repo.Write("app/Dockerfile", "FROM packagetest-base\nCOPY file /app\n");
            repo.Write("app/file", "app");
            repo.Write("images.csproj", Workspace.ImagesProject);

            var first = await repo.DotNetAsync("build", "-getItem:OrchestratorImage");
            var second = await repo.DotNetAsync("build", "-getItem:OrchestratorImage");
            var clean = await repo.DotNetAsync("build", "-t:OrchestratorCleanImages");

            Assert.Multiple(() =>
            {
                Assert.That(first.ExitCode, Is.Zero, label + first.Output);
                Assert.That(first.Output, Does.Contain("\"Identity\": \"packagetest-app\"").And.Contain("\"Action\": \"build\""), label);
                Assert.That(second.ExitCode, Is.Zero, label + second.Output);
                Assert.That(second.Output, Does.Contain("\"Action\": \"up-to-date\"").And.Not.Contain("\"Action\": \"build\""), label);
                Assert.That(clean.ExitCode, Is.Zero, label + clean.Output);
            });
        }
    }

    private static IReadOnlyList<(string Label, string Address)> Engines()
    {
        var value = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrWhiteSpace(value))
        {
            return [.. value.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('=', 2)).Select(pair => (pair[0], pair[1]))];
        }

        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"{Variable} is not set; continuous integration tests against real engines.");
        }

        Assert.Ignore($"{Variable} is not set, so nothing was tested against a real engine; build/engine starts one.");
        return [];
    }
}
