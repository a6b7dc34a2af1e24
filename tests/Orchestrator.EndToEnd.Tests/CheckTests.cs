namespace Orchestrator.EndToEnd.Tests;

/// <summary>Everything that is wrong, without an engine.</summary>
internal sealed class CheckTests
{
    private Repository _repository = null!;

    [SetUp]
    public void Open()
    {
        _repository = new Repository(null);
        _repository.Variables["DOCKER_HOST"] = "unix:///nowhere/docker.sock";
    }

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task A_good_graph_has_no_findings()
    {
        _repository.WriteGraph("base", "service")
            .Write("base/Dockerfile", "FROM local/busybox\nCOPY *.none link/file sub /x/\n").Write("base/sub/file", "1")
            .Write("service/Dockerfile", "FROM @-base\nCOPY . /\n");
        Directory.CreateSymbolicLink(Path.Join(_repository.Root, "base", "link"), "sub");

        var check = await _repository.RunAsync("check");

        Assert.That((check.ExitCode, check.Text), Is.EqualTo((0, "2 images: 0 errors, 0 warnings\n")));
    }

    [Test]
    public async Task All_mistakes_are_told_in_one_go()
    {
        _repository.WriteGraph("base", "service")
            .Write("base/Dockerfile", "FROM local/busybox\nCOPY gone.txt \\\n  ignored.txt Kept.md /x/\n").Write("base/kept.md", "1").Write("base/ignored.txt", "1").Write("base/.dockerignore", "*.txt\n")
            .Write("service/Dockerfile", "FROM @-base\nRUN --mount=type=bind,source=nothing,target=/n true\n");

        var check = await _repository.RunAsync("check");

        Assert.That(check.ExitCode, Is.EqualTo(1));
        Assert.That(check.Text, Does.Contain("Dockerfile(2,6): error ORC2041: There is no 'gone.txt' in the build context").And.Contains("Dockerfile(3,3): error ORC2041: There is no 'ignored.txt' in the build context")
            .And.Contains("It exists, but .dockerignore leaves it out.").And.Contains("There is no 'nothing' in").And.Contains("There is 'kept.md': an image tells upper from lower case").And.Contains("2 images: 4 errors, 0 warnings"), check.ToString());
    }

    [Test]
    public async Task A_graph_that_cannot_be_read_says_so()
    {
        _repository.Write("images.yml", "images:\n  a: { contxt: . }\n").Write("Dockerfile", "FROM local/busybox\n");

        var check = await _repository.RunAsync("check");

        Assert.That((check.ExitCode, check.Text.TrimEnd().Split('\n')[^1]), Is.EqualTo((1, "stopped before the contexts were read: 1 errors, 0 warnings")));
    }
}
