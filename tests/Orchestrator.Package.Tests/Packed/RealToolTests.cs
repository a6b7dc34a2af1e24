namespace Orchestrator.Package.Tests.Packed;

/// <summary>The package with the tool that it brings, where no engine is needed.</summary>
internal sealed class RealToolTests
{
    [TestCase("", 0, "warning ORC0101")]
    [TestCase("-p:ContinuousIntegrationBuild=true", 1, "OrchestratorEngineMissing")]
    [TestCase("-p:OrchestratorEngineMissing=error", 1, "error ORC01")]
    [TestCase("-p:OrchestratorEngineMissing=skip", 0, "0 Warning(s)")]
    public async Task Without_an_engine(string property, int exitCode, string text)
    {
        var repo = Repo(Workspace.Graph);

        var result = await repo.DotNetAsync([.. new[] { "build", property }.Where(argument => argument.Length > 0)]);

        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.Output);
        Assert.That(result.Output, Does.Contain(text));
    }

    /// <summary>Another user restored the package; the system has no loader for the program; its loader is one that says no.</summary>
    [Test]
    public async Task Machine_code_runs_where_it_can_and_else_the_assemblies([Values("", "not executable", "#!/nonexistent/loader\n", "#!/bin/sh\necho no >&2; exit 127\n")] string spoiled)
    {
        Package.NeedsMachineCode();
        var packages = Path.Combine(Package.Root, "packages of another user");
        var repo = Repo(Workspace.Graph).With("NUGET_PACKAGES", packages);
        _ = await repo.DotNetAsync("restore");
        var program = Directory.GetFiles(packages, "Orchestrator.Tool", SearchOption.AllDirectories).Single();
        if (spoiled.StartsWith('#'))
        {
            await File.WriteAllTextAsync(program, spoiled);
        }
        else if (spoiled.Length > 0 && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead);
        }

        var result = await repo.DotNetAsync("build", "-t:OrchestratorCheck", "-v:diagnostic");
        Directory.Delete(packages, recursive: true);

        Assert.That(result.Counts, Is.EqualTo((0, 0)), result.Output);
        Assert.That(result.Output, Does.Contain("1 images: 0 errors, 0 warnings"));
        Assert.That(result.Output, spoiled is "not executable" ? Does.Match(@"dotnet exec ""[^""]*/any/Orchestrator\.Tool\.dll"" +check") : Does.Match(@"/tools/net10\.0/linux-[a-z0-9]+/Orchestrator\.Tool +check"));
        Assert.That(result.Output, spoiled.StartsWith('#') ? Does.Contain("could not be started, so the tool's assemblies are") : Does.Not.Contain("could not be started"));
    }

    [TestCase("-p:OrchestratorEngineMissing=skip")]
    [TestCase("-p:OrchestratorPushDryRun=true")]
    public async Task A_push_without_an_engine_is_an_error(string property)
    {
        var repo = Repo(Workspace.Graph);

        var result = await repo.DotNetAsync("publish", "-p:OrchestratorPush=true", property);

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        Assert.That(result.Output, Does.Contain("error ORC01"));
    }

    [TestCase("OrchestratorLock")]
    [TestCase("OrchestratorCleanImages")]
    public async Task What_is_asked_for_by_name_fails_without_an_engine_unless_that_is_allowed(string target)
    {
        var repo = Repo(Workspace.Graph);

        var result = await repo.DotNetAsync("build", "-t:" + target);
        var allowed = await repo.DotNetAsync("build", "-t:" + target, "-p:OrchestratorEngineMissing=warn");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        Assert.That(result.Output, Does.Contain("error ORC01"));
        Assert.That(allowed.ExitCode, Is.Zero, allowed.Output);
    }

    [Test]
    public async Task A_mistake_in_the_graph_is_an_error_at_its_place()
    {
        var repo = Repo("name: test\nimages:\n  app:\n    contxt: .\n");

        var result = await repo.DotNetAsync("build");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        Assert.That(result.Output, Does.Match(System.Text.RegularExpressions.Regex.Escape(repo.PathOf("images.yml")) + @"\(4,5(,\d+,\d+)?\): error ORC1\d\d\d: "));
    }

    [Test]
    public async Task A_project_of_images_without_a_graph_says_so()
    {
        var repo = Repo(Workspace.Graph);
        File.Delete(repo.PathOf("images.yml"));

        var result = await repo.DotNetAsync("build");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        Assert.That(result.Output, Does.Match(@"images\.yml.*: error ORC1\d\d\d: "));
    }

    private static Workspace Repo(string graph)
    {
        var repo = new Workspace();
        repo.Write("images.yml", graph);
        repo.Write("Dockerfile", "FROM scratch\nCOPY images.yml /\n");
        repo.Write("images.csproj", Workspace.ImagesProject);
        return repo;
    }
}
