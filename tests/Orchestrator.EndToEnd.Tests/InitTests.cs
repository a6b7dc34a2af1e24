using System.IO.Compression;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>A repository without a graph file gets one, as a new user would have it done.</summary>
internal sealed class InitTests
{
    private Repository _repository = null!;

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task What_is_proposed_is_shown_then_written_and_can_be_worked_with()
    {
        Open(null);
        _repository.Write("docker/base-python/Dockerfile", "FROM debian:12\n").Write("services/api/Dockerfile", "FROM base-python\nCOPY main.py /\n").Write("services/api/main.py", "1");
        var before = Files();

        var shown = await _repository.RunAsync("init");
        var after = Files();
        var written = await _repository.RunAsync("init", "--write");
        var check = await _repository.RunAsync("check");
        var graph = await _repository.RunAsync("graph");
        var again = await _repository.RunAsync("init", "--write");

        Assert.That(shown.ExitCode, Is.Zero, shown.ToString());
        Assert.That(shown.Text, Does.Contain("  base-python: docker/base-python/Dockerfile; named by the FROM of services/api/Dockerfile(1); context docker/base-python: ")
            .And.EndWith("Nothing was written; orchestrator init --write creates these files.\n"));
        Assert.That(after, Is.EqualTo(before));
        Assert.That(written.Text, Does.Contain("created images.yml\ncreated images.csproj\n").And.Contain("\"msbuild-sdks\": { \"Orchestrator.Sdk\": "), written.ToString());
        Assert.That(Files().Except(before), Is.EqualTo(["images.csproj", "images.yml"]));
        Assert.That((check.ExitCode, check.Text), Is.EqualTo((0, "2 images: 0 errors, 0 warnings\n")));
        Assert.That(graph.Text, Does.EndWith("api\n  from base-python\n"));
        Assert.That((again.ExitCode, again.Text), Is.EqualTo((1, $"{_repository.Root}/images.yml: error ORC1100: There is a graph file already; nothing is proposed in its place.\n  help: Change it by hand, or move it away first.\n")));
    }

    /// <summary>The .NET SDK loads a project to add it; a package with an empty SDK stands for ours, which is found in the same way.</summary>
    [Test]
    public async Task The_images_project_is_added_to_the_solution()
    {
        Open(null);
        _repository.Write("Dockerfile", "FROM debian:12\n").Write("Shop.slnx", "<Solution />\n")
            .Write("global.json", """{ "msbuild-sdks": { "Orchestrator.Sdk": "0.0.1" } }""")
            .Write("nuget.config", """<configuration><packageSources><clear /><add key="here" value="feed" /></packageSources></configuration>""");
        WritePackage();
        _repository.Variables["NUGET_PACKAGES"] = Path.Join(_repository.Root, ".packages");

        var written = await _repository.RunAsync("init", "--write");

        Assert.That(written.Text, Does.Contain("created images/images.csproj\nadded images/images.csproj to Shop.slnx\nnext: "), written.ToString());
        Assert.That(await File.ReadAllTextAsync(Path.Join(_repository.Root, "Shop.slnx")), Does.Contain("""Path="images/images.csproj" """.TrimEnd()));
    }

    [Test]
    public async Task What_builds_of_projects_leave_is_kept_out_of_contexts()
    {
        Open(null);
        _repository.Write("src/Api/Dockerfile", "FROM debian:12\nCOPY src src\nCOPY global.txt .\n").Write("global.txt", "").Write("src/Api/Api.csproj", "<Project />")
            .Write("web/Dockerfile", "FROM debian:12\nCOPY . .\n").Write("web/Web.csproj", "<Project />").Write("web/.dockerignore", "x\n");

        var written = await _repository.RunAsync("init", "--write");

        Assert.That(written.Text, Does.Contain("  .dockerignore: the context . has .NET projects, ").And.Contain("  web/.dockerignore does not leave out obj: ")
            .And.Contain("\n# .dockerignore\n# What no").And.Contain("created .dockerignore\n"), written.ToString());
        Assert.That(Files(), Does.Contain(".dockerignore"));
        Assert.That(await File.ReadAllTextAsync(Path.Join(_repository.Root, "web/.dockerignore")), Is.EqualTo("x\n"));
    }

    [Test]
    public async Task A_solution_that_cannot_be_changed_is_a_warning_with_the_way_out()
    {
        Open(null);
        _repository.Write("Dockerfile", "FROM debian:12\n").Write("Shop.slnx", "<Solution />\n");

        var written = await _repository.RunAsync("init", "--write");

        Assert.That(written.ExitCode, Is.Zero, written.ToString());
        Assert.That(written.Text, Does.Contain("Shop.slnx: warning ORC1103: The images project could not be added to Shop.slnx: The SDK 'Orchestrator.Sdk' specified could not be found."));
    }

    [Test]
    public async Task A_repository_with_nothing_to_build_says_so()
    {
        Open(null);
        _repository.Write("README.md", "# Nothing\n");

        var outcome = await _repository.RunAsync("init", "--write");

        Assert.That((outcome.ExitCode, Files()), Is.EqualTo((1, new[] { "README.md" })));
        Assert.That(outcome.Text, Does.Contain("error ORC1101: There is nothing to build in "));
    }

    [Test]
    [Category("Engine")]
    public async Task What_was_written_builds()
    {
        Open(TestEngines.First);
        _repository.Write($"docker/{_repository.Prefix}-base/Dockerfile", "FROM local/busybox\nRUN echo base > /base\n")
            .Write("docker/api.Dockerfile", "FROM @-base\nCOPY shared/file /file\n").Write("shared/file", "shared")
            .Write("README.md", "```\n$ docker build -t @-api -f docker/api.Dockerfile .\n```\n");

        var written = await _repository.RunAsync("init", "--write");
        var built = await _repository.RunAsync("build");

        Assert.That(written.ExitCode, Is.Zero, written.ToString());
        Assert.That(built.Built, Is.EqualTo(["api", "base"]), built.ToString());
        Assert.That(await _repository.CatAsync("api", "/file"), Is.EqualTo("shared"));
        Assert.That(await _repository.CatAsync("api", "/base"), Is.EqualTo("base"));
    }

    private void Open(string? host)
    {
        _repository = new Repository(host);
        if (host is null)
        {
            _repository.Variables["DOCKER_HOST"] = "unix:///nowhere/docker.sock";
        }
    }

    private string[] Files() =>
        [.. Directory.EnumerateFiles(_repository.Root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_repository.Root, file)).Order(StringComparer.Ordinal)];

    private void WritePackage()
    {
        Directory.CreateDirectory(Path.Join(_repository.Root, "feed"));
        using var package = ZipFile.Open(Path.Join(_repository.Root, "feed", "Orchestrator.Sdk.0.0.1.nupkg"), ZipArchiveMode.Create);
        const string Specification = """
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>Orchestrator.Sdk</id><version>0.0.1</version><authors>tests</authors><description>tests</description></metadata>
            </package>
            """;
        foreach (var (name, content) in new[] { ("Orchestrator.Sdk.nuspec", Specification), ("Sdk/Sdk.props", "<Project />"), ("Sdk/Sdk.targets", "<Project />") })
        {
            using var writer = new StreamWriter(package.CreateEntry(name).Open());
            writer.Write(content);
        }
    }
}
