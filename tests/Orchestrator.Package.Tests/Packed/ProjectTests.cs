using Orchestrator.Testing;

namespace Orchestrator.Package.Tests.Packed;

/// <summary>.NET projects that images are made of, published by the build that they are part of.</summary>
[Category("Engine")]
internal sealed class ProjectTests
{
    private const string Shown = "-getItem:OrchestratorImage";

    [Test]
    public async Task A_solution_publishes_what_its_images_are_made_of_while_it_builds_the_same_projects()
    {
        var repo = Repository("projects");
        _ = await repo.DotNetAsync("new", "sln", "--name", "repo", "--format", "sln");
        _ = await repo.DotNetAsync("sln", "add", "images.csproj", "src/Api/Api.csproj", "src/Worker/Worker.csproj", "src/Shared/Shared.csproj");

        // The same configuration, at the same time, with other properties: neither sees what the other writes.
        var first = await repo.DotNetAsync("build", "repo.sln", "-m", "-c", "Release", "-p:Version=1.2.3", "-p:OrchestratorReport=report.json");
        var second = await repo.DotNetAsync("build", "repo.sln", "-m", "-c", "Debug");
        var command = await ToolAsync(repo, "plan");
        repo.Write("src/Api/Program.cs", "System.Console.WriteLine(Shared.Greeting.Text + 1);");
        var changed = await repo.DotNetAsync("build", "images.csproj", "-t:Build", Shown);
        var twice = await repo.DotNetAsync("build", "images.csproj", "-t:OrchestratorBuild;OrchestratorPlan", Shown);
        repo.Write("src/Shared/Greeting.cs", "namespace Shared; public static class Greeting { public static string Text => \"shared\"; }");
        var both = await repo.DotNetAsync("build", "-t:OrchestratorPlan", Shown, "images.csproj");
        var tested = await repo.DotNetAsync("test", "images.csproj");
        var clean = await repo.DotNetAsync("build", "images.csproj", "-t:OrchestratorCleanImages");

        Assert.Multiple(() =>
        {
            Assert.That(first.ExitCode, Is.Zero, first.Output);
            Assert.That(first.Counts, Is.EqualTo((0, 0)), first.Output);
            Assert.That(first.Output, Does.Contain("api (built").And.Contain("worker (built"));
            Assert.That(File.ReadAllText(repo.PathOf("report.json")), Does.Contain("projects-api").And.Contain("projects-worker"), "of the run that built, not of the one that asked for projects");
            Assert.That(second.ExitCode, Is.Zero, second.Output);
            Assert.That(second.Output, Does.Contain("api (up-to-date").And.Contain("worker (up-to-date"), "what a build was given is not what its images are made of");
            Assert.That(command.Output, Does.Match("-api +up-to-date").And.Match("-worker +up-to-date"), "the command publishes the same files");
            Assert.That(Actions(changed), Is.EquivalentTo(new[] { "api build", "worker up-to-date" }), changed.Output);
            Assert.That(Actions(twice), Is.EquivalentTo(new[] { "api up-to-date", "worker up-to-date" }), "what one target published, the next one of the same build publishes again\n" + twice.Output);
            Assert.That(Actions(both), Is.EquivalentTo(new[] { "api build", "worker build" }), both.Output);
            Assert.That(tested.ExitCode, Is.Zero, tested.Output);
            Assert.That(tested.Output, Does.Contain("2 tests of 2 images: 2 passed"));
            Assert.That(clean.ExitCode, Is.Zero, clean.Output);
        });
    }

    [Test]
    public async Task A_project_that_does_not_compile_has_the_errors_of_its_compiler_and_nothing_is_built()
    {
        var repo = Repository("projects-broken");
        repo.Write("src/Worker/Program.cs", "System.Console.WriteLine(missing);");

        var result = await repo.DotNetAsync("build", "images.csproj");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        Assert.That(result.Output, Does.Contain($"{repo.PathOf("src/Worker/Program.cs")}(1,26): error CS0103:").And.Not.Contain("images ->").And.Not.Contain("ORC"));
    }

    [Test]
    public async Task With_everything_at_the_root_of_the_context_the_second_build_does_nothing_and_no_file_is_left_there()
    {
        var repo = Repository("projects-root");
        repo.Write("images.yml", "name: projects-root\nimages:\n  projects-root:\n    context: .\n    project: src/Api/Api.csproj\n");
        repo.Write("Dockerfile", "FROM local/busybox\nCOPY . /src\nCOPY --from=app / /app\n");

        var first = await repo.DotNetAsync("build", "images.csproj");
        var second = await repo.DotNetAsync("build", "images.csproj", "-t:Build", Shown);
        var clean = await repo.DotNetAsync("build", "images.csproj", "-t:OrchestratorCleanImages");

        Assert.That(first.ExitCode, Is.Zero, first.Output);
        Assert.That(Actions(second), Is.EqualTo(new[] { "root up-to-date" }), second.Output);
        Assert.That(Directory.Exists(repo.PathOf("src/Api/obj")) || Directory.Exists(repo.PathOf("src/Api/bin")), Is.False);
        Assert.That(clean.ExitCode, Is.Zero, clean.Output);
    }

    /// <summary>Commas and equals signs mean something to the compiler's map of paths; and NuGet, evaluating a graph, does not find what only the tool knows of.</summary>
    [TestCase("a,b=c")]
    [TestCase("static", "-p:RestoreUseStaticGraphEvaluation=true")]
    public async Task Projects_are_published_whatever_the_folder_is_called_and_packages_are_restored(string folder, params string[] arguments)
    {
        var repo = Repository("projects-" + folder[0], folder);

        var result = await repo.DotNetAsync(["build", "images.csproj", .. arguments]);
        var command = await ToolAsync(repo, "plan");
        var clean = await repo.DotNetAsync("build", "images.csproj", "-t:OrchestratorCleanImages");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(result.Output, Does.Contain("api (built").And.Contain("worker (built"));
        Assert.That(command.Output, Does.Match("-api +up-to-date").And.Match("-worker +up-to-date"), "the command publishes the same files");
        Assert.That(clean.ExitCode, Is.Zero, clean.Output);
    }

    /// <summary>Api and Worker, which share a library, with central package versions and an image each.</summary>
    private static Workspace Repository(string name, string folder = "repo")
    {
        var repo = new Workspace(folder).With("DOCKER_HOST", TestEngines.First);
        repo.With("XDG_CACHE_HOME", repo.Folder + " cache");
        repo.Write("Directory.Packages.props", "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>");
        repo.Write("images.csproj", Workspace.ImagesProject);
        repo.Write("images.yml", $"""
            name: {name}
            images:
              {name}-api:
                context: docker
                project: src/Api/Api.csproj
                test: ["test -e /app/Api.dll -a -e /app/Shared.dll -a ! -e /app/Worker.dll"]
              {name}-worker:
                context: docker
                project:
                  path: src/Worker/Worker.csproj
                test: ["test -e /app/Worker.dll -a -e /app/Shared.dll"]
            """);
        repo.Write("docker/Dockerfile", "FROM local/busybox\nCOPY --from=app / /app\n");
        repo.Write("src/Shared/Shared.csproj", Project("Library"));
        repo.Write("src/Shared/Greeting.cs", "namespace Shared; public static class Greeting { public static string Text => \"hello\"; }");
        foreach (var project in new[] { "Api", "Worker" })
        {
            repo.Write($"src/{project}/{project}.csproj", Project("Exe", """<ItemGroup><ProjectReference Include="../Shared/Shared.csproj" /></ItemGroup>"""));
            repo.Write($"src/{project}/Program.cs", "System.Console.WriteLine(Shared.Greeting.Text);");
        }

        return repo;
    }

    private static string Project(string type, string body = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>{type}</OutputType><UseAppHost>false</UseAppHost><NuGetAudit>false</NuGetAudit></PropertyGroup>
          {body}
        </Project>
        """;

    private static Task<CommandResult> ToolAsync(Workspace repo, string command) =>
        repo.DotNetAsync("exec", Path.Combine(Package.Packages, "orchestrator.sdk", Package.Version, "tools", "net10.0", "any", "Orchestrator.Tool.dll"), command);

    private static IEnumerable<string> Actions(CommandResult result) =>
        System.Text.RegularExpressions.Regex.Matches(result.Output, "\"Identity\": \"[a-z0-9-]*-([a-z]+)\",\\s+\"Action\": \"([a-z-]+)\"").Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}");
}
