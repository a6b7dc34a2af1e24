using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>.NET projects that images are made of, published by the command; to an engine their output is a named context like any other.</summary>
[Category("Engine")]
internal sealed class ProjectTests
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup>
          <ItemGroup><Content Include="data/*" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>
        </Project>
        """;

    private Repository _repository = null!;

    [SetUp]
    public void Open()
    {
        _repository = new Repository(TestEngines.First);
        Directory.Delete(Path.Join(_repository.Root, ".git"));
        _repository.Write("images.yml", """
            name: @
            images:
              @-api: { context: docker, project: src/Api/Api.csproj }
              @-two:
                context: docker
                dockerfile: Two
                project: { path: src/Two/Two.csproj, context: output, configuration: Debug, properties: { AssemblyTitle: "a;b, 100%", DebugType: none } }
              @-plain: plain

            """)
            .Write("docker/Dockerfile", "FROM local/busybox\nCOPY --from=app / /app\n").Write("docker/Two", "FROM local/busybox\nCOPY --from=output Two.dll /two/\n")
            .Write("plain/Dockerfile", "FROM local/busybox\nCOPY file /\n").Write("plain/file", "1")
            .Write("src/Api/Api.csproj", Project.Replace("NET.Sdk", "NET.Sdk.Web", StringComparison.Ordinal)).Write("src/Api/wwwroot/page.html", "page").Write("src/Api/Program.cs", "System.Console.WriteLine(1);\n").Write("src/Api/data/one", "one").Write("src/Api/data/two", "two")
            .Write("src/Two/Two.csproj", Project).Write("src/Two/Program.cs", "System.Console.WriteLine(2);\n");
    }

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task An_image_holds_what_its_project_published_now_and_follows_it()
    {
        var first = await _repository.RunAsync("build");
        Assert.That(first.Built, Is.EqualTo(new[] { "api", "plain", "two" }), first.Text);
        Assert.That(await _repository.DockerAsync("run", "--rm", "@-api", "ls", "-R", "/app"), Is.EqualTo("/app:\nApi.deps.json\nApi.dll\nApi.pdb\nApi.runtimeconfig.json\nApi.staticwebassets.endpoints.json\ndata\nweb.config\nwwwroot\n\n/app/data:\none\ntwo\n\n/app/wwwroot:\npage.html\npage.html.br\npage.html.gz"));
        Assert.That(await _repository.CatAsync("two", "/two/Two.dll"), Does.Contain("a;b, 100%"), "properties arrive as they are written");

        // What is taken by one Dockerfile and not by another, whatever was published.
        File.Delete(Path.Join(_repository.Root, "src/Api/data/two"));
        _repository.Write("src/Two/Program.cs", "// a comment\nSystem.Console.WriteLine(2);\n").Write("src/Two/data/new", "new");
        var planned = await _repository.RunAsync("plan");
        Assert.That(planned.Text, Does.Match("api +build +`data/two` of named context `app` is gone").And.Match("two +up-to-date").And.Match("plain +up-to-date"));
        var second = await _repository.RunAsync("build");
        Assert.That(second.Built, Is.EqualTo(new[] { "api" }), second.Text);
        Assert.That(await _repository.DockerAsync("run", "--rm", "@-api", "ls", "/app/data"), Is.EqualTo("one"));
        Assert.That((await _repository.RunAsync("build")).Built, Is.Empty);
        Assert.That((await _repository.RunAsync("plan", "--json")).Text, Does.StartWith("{"), "no other line stands before it");
        Assert.That(Directory.GetDirectories(Path.Join(_repository.Root, "src/Api")).Select(Path.GetFileName), Is.EquivalentTo(new[] { "data", "wwwroot" }), "nothing is left beside the sources");
    }

    [Test]
    public async Task Another_clone_at_another_commit_has_the_same_images()
    {
        await _repository.CommitAsync();
        Assert.That((await _repository.RunAsync("build")).Built, Has.Exactly(3).Items);
        _repository.Write("README", "changed");
        await _repository.CommitAsync();
        foreach (var file in Directory.EnumerateFiles(_repository.Root, "*", SearchOption.AllDirectories).Where(file => file.Contains("/src/", StringComparison.Ordinal)))
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        }

        Assert.That((await _repository.RunAsync("plan")).Text, Does.Match("api +up-to-date"), "times of files are not what an image is made of");
        await using var clone = await _repository.CloneAsync(TestEngines.First);

        var planned = await clone.RunAsync("plan");
        var readme = await clone.RunAsync("ci", "--since", "HEAD~1");
        clone.Write("src/Two/Program.cs", "System.Console.WriteLine(3);\n");
        var source = await clone.RunAsync("ci", "--since", "HEAD~1");

        Assert.That(planned.Text, Does.Match("api +up-to-date").And.Match("two +up-to-date"), planned.Text);
        Assert.That(readme.Text, Does.Not.Contain("api").And.Not.Contain("two"));
        Assert.That(Directory.GetDirectories(Path.Join(clone.State, "orchestrator", "graphs")).Count(folder => Directory.Exists(Path.Join(folder, "projects"))), Is.EqualTo(1), "an older revision leaves nothing");
        Assert.That(source.Text, Does.Contain("two").And.Not.Contain("api").And.Not.Contain("plain"));
    }

    [Test]
    public async Task A_project_that_cannot_be_published_is_one_finding_and_what_it_left_is_not_used()
    {
        Assert.That((await _repository.RunAsync("build")).Built, Has.Exactly(3).Items);
        _repository.Write("src/Api/Program.cs", "System.Console.WriteLine(missing);\n");
        foreach (var command in new[] { "build", "plan", "why" })
        {
            var broken = await _repository.RunAsync(command);
            Assert.That(broken.ExitCode, Is.EqualTo(1), broken.Text);
            Assert.That(broken.Text, Does.Contain("images.yml(3,").And.Contain("error ORC3026: ").And.Contain($"{_repository.Root}/src/Api/Program.cs(1,26): error CS0103: ").And.Not.Contain("up-to-date"));
        }

        _repository.Write("src/Api/Program.cs", "System.Console.WriteLine(1);\n").Write("src/Api/Api.csproj", Project.Replace("<OutputType>", "<IsPublishable>false</IsPublishable><OutputType>", StringComparison.Ordinal));
        var unpublishable = await _repository.RunAsync("plan");
        Assert.That(unpublishable.ExitCode, Is.EqualTo(1), unpublishable.Text);
        Assert.That(unpublishable.Text, Does.Contain("error ORC3026: ").And.Contain("nothing came to"));

        var other = await _repository.RunAsync("build", "@-plain".Replace("@", _repository.Prefix, StringComparison.Ordinal));
        Assert.That(other.ExitCode, Is.Zero, "its own project is all that an image needs");
        Assert.That((await _repository.RunAsync("check")).ExitCode, Is.Zero, "publishing is no part of a check");
        _repository.Variables["DOTNET_HOST_PATH"] = "/nonexistent/dotnet";
        Assert.That((await _repository.RunAsync("plan")).Text, Does.Contain("'/nonexistent/dotnet' cannot be started: "));
    }

    /// <summary>In a mount namespace of its own, so that nothing stays mounted; a compiler that stayed would not see it.</summary>
    [TestCase("size=4k", "No space left on device")]
    [TestCase("size=64k", "No space left on device")]
    [TestCase("size=64k,ro", "Read-only file system")]
    public async Task A_cache_folder_that_takes_nothing_is_named_and_no_project_is_blamed(string options, string words)
    {
        _repository.Variables["UseSharedCompilation"] = "false";

        var outcome = await _repository.RunCommandAsync("unshare", "--mount", "--map-root-user", "sh", "-c", $"mount -t tmpfs -o {options} none $XDG_CACHE_HOME && exec \"$TOOL\" plan");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain($"error ORC0113: '{_repository.State}/orchestrator', the folder to which projects are published, takes nothing: {words}").And.Contain("XDG_CACHE_HOME"), outcome.ToString());
        Assert.That(outcome.Text, Does.Not.Contain("error ORC3026").And.Not.Contain("images.yml("), outcome.ToString());
    }
}
