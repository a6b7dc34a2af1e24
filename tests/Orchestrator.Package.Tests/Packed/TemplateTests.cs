using System.Diagnostics;
using Orchestrator.Testing;

namespace Orchestrator.Package.Tests.Packed;

/// <summary>The template for <c>dotnet new</c>: what it writes is built as it is.</summary>
[Category("Engine")]
internal sealed class TemplateTests
{
    [Test]
    public async Task A_new_project_is_built_and_then_up_to_date()
    {
        var host = TestEngines.First;
        await DockerAsync(host, "tag", "local/busybox", "alpine:3.20");
        var repo = new Workspace("greetings").With("DOCKER_HOST", host);
        File.Delete(repo.PathOf("global.json")); // the project names the SDK's version itself
        var feed = Path.Combine(Package.Root, "templates");
        var hive = Path.Combine(Package.Root, "hive");
        var packed = await Command.DotNetAsync(
            Paths.RepositoryRoot, new Dictionary<string, string> { ["NUGET_PACKAGES"] = Paths.NuGetPackageRoot },
            "pack", "nuget/templates/Orchestrator.Templates.csproj", "-o", feed, $"-p:PackageVersion={Package.Version}");
        var installed = await repo.DotNetAsync("new", "install", Path.Combine(feed, $"Orchestrator.Templates.{Package.Version}.nupkg"), "--debug:custom-hive", hive);

        var made = await repo.DotNetAsync("new", "orchestrator-images", "-o", ".", "--debug:custom-hive", hive);
        var first = await repo.DotNetAsync("build", "-t:Build", "-getItem:OrchestratorImage");
        var second = await repo.DotNetAsync("build", "-t:Build", "-getItem:OrchestratorImage");
        Assert.That((packed.ExitCode, installed.ExitCode, made.ExitCode, first.ExitCode), Is.EqualTo((0, 0, 0, 0)), packed.Output + installed.Output + made.Output + first.Output);
        var said = await DockerAsync(host, "run", "--rm", "hello");
        var clean = await repo.DotNetAsync("build", "-t:OrchestratorCleanImages");

        Assert.Multiple(() =>
        {
            Assert.That(first.Output, Does.Contain("\"Action\": \"build\""));
            Assert.That(second.Output, Does.Contain("\"Action\": \"up-to-date\""));
            Assert.That(said, Does.StartWith("Hello from an image"));
            Assert.That(clean.ExitCode, Is.Zero, clean.Output);
        });
    }

    private static async Task<string> DockerAsync(string host, params string[] arguments)
    {
        var start = new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true };
        start.Environment["DOCKER_HOST"] = host;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, output);
        return output;
    }
}
