using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Repositories whose Dockerfiles reach outside their contexts are repaired as a user would have it done, and build on every engine.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class FixTests(string engine)
{
    private const string NothingToDo = "nothing to do: no source leaves its build context\n";

    private Repository _repository = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _repository = new Repository(TestEngines.Host(engine));
        await _repository.DockerAsync("tag", "local/busybox", "alpine:3.20");
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _repository.RunAsync("clean");
        await _repository.DisposeAsync();
    }

    [TestCase("--overlay", 1)]
    [TestCase("--context", 14)]
    public async Task The_thirteen_services_of_shared_context_build_either_way(string way, int files)
    {
        _repository.Sample("shared-context");
        await _repository.RunAsync("clean");
        File.Delete(Path.Join(_repository.Folder, "images.yml"));
        var before = Files();

        var shown = await _repository.RunAsync("fix", way);
        var afterShown = Files();
        var written = await _repository.RunAsync("fix", way, "--write");
        var after = Files();
        var again = await _repository.RunAsync("fix", way, "--write");
        var check = await _repository.RunAsync("check");
        var built = await _repository.RunAsync("build");

        Assert.That(shown.ExitCode, Is.Zero, shown.ToString());
        Assert.That(shown.Text, Does.Contain("\n@@ -").And.Contain("--write makes these changes.\n"));
        Assert.That(afterShown, Is.EqualTo(before), "showing changes nothing");
        Assert.That(written.ExitCode, Is.Zero, written.ToString());
        Assert.That(after.Where(file => before.GetValueOrDefault(file.Key) != file.Value).Select(file => file.Key), Has.Exactly(files).Matches<string>(path => path is "images.yml" or "docker-compose.yml" || path.EndsWith("/Dockerfile", StringComparison.Ordinal)));
        Assert.That(before.Keys, Is.SubsetOf(after.Keys));
        Assert.That((again.ExitCode, again.Text, Files()), Is.EqualTo((0, NothingToDo, after)));
        Assert.That((check.ExitCode, check.Text), Is.EqualTo((0, "13 images: 0 errors, 0 warnings\n")));
        Assert.That(built.Built.Count(), Is.EqualTo(13), built.ToString());
        Assert.That(await _repository.DockerAsync("run", "--rm", "shared-context-data-api", "sh", "-c", "find . | sort"), Is.EqualTo(".\n./shared\n./shared/lib\n./shared/lib/say.sh\n./shared/logging.conf\n./src\n./src/main.sh"));
    }

    /// <summary>The second way needs this product no longer.</summary>
    [Test]
    public async Task Docker_Compose_itself_builds_in_the_larger_context()
    {
        _repository.Sample("shared-context");
        File.Delete(Path.Join(_repository.Folder, "images.yml"));
        await _repository.RunAsync("fix", "--context", "--write");

        var built = await _repository.DockerAsync("compose", "build", "data-api");

        Assert.That(await _repository.DockerAsync("run", "--rm", "shared-context-data-api", "ls"), Is.EqualTo("shared\nsrc"), built);
    }

    /// <summary>But for what an overlay lays there: <c>COPY .</c> takes that too.</summary>
    [Test]
    public async Task Both_ways_put_the_same_files_into_an_image()
    {
        const string Dockerfile = "# comment\nFROM local/busybox\nCOPY [\".\", \"/all/\"]\nRUN --mount=type=bind,source=../shared,target=/s \\\n  cp -r /s /copied\nCOPY --chmod=644 ../shared/f \\\n  src/a* /few/\n";
        _repository.Write("shared/f", "f").Write("api/src/a1", "a").Write("api/src/b.log", "b").Write("api/keep/c.log", "c").Write("api/tmp/x", "x")
            .Write("api/.dockerignore", "**/*.log\n!keep/c.log\n/tmp\n").Write("api/Dockerfile", Dockerfile).Write(".dockerignore", "api\n")
            .Write("images.yml", "# ours\nname: @\nimages:\n  @-api: api # the api\n");

        var overlay = await _repository.RunAsync("fix", "--write");
        var first = await _repository.RunAsync("build");
        var files = await ContentAsync();
        _repository.Write("images.yml", "# ours\nname: @\nimages:\n  @-api: api # the api\n");
        var context = await _repository.RunAsync("fix", "--context", "--write");
        var second = await _repository.RunAsync("build");

        Assert.That((overlay.ExitCode, context.ExitCode), Is.EqualTo((0, 0)), $"{overlay}{context}");
        Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), $"{first}{second}");
        Assert.That(files, Does.Contain("/all/keep/c.log").And.Contain("/few/a1").And.Contain("/copied/f").And.Not.Contain("b.log").And.Not.Contain("/tmp"));
        Assert.That(await ContentAsync(), Is.EqualTo(files));
        Assert.That(await _repository.CatAsync("api", "/all/Dockerfile"), Does.Contain("source=shared,target=/s \\\n  cp").And.Contain("shared/f \\\n  api/src/a* /few/"));
        Assert.That(File.ReadAllText(Path.Join(_repository.Root, "images.yml")), Does.EndWith("-api: { context: ., dockerfile: api/Dockerfile } # the api\n"));
    }

    [Test]
    public async Task What_cannot_be_changed_fails_the_run_and_the_rest_is_written()
    {
        _repository.Write("shared/f", "f").Write("api/Dockerfile", "FROM local/busybox\nCOPY ../shared /s\n").Write("odd/Dockerfile", "FROM local/busybox\nCOPY --parents ../shared /s\n")
            .WriteGraph("api", "odd");

        var written = await _repository.RunAsync("fix", "--context", "--write");
        var both = await _repository.RunAsync("fix", "--context", "--overlay");
        var unknown = await _repository.RunAsync("fix", "ap");

        Assert.That((written.ExitCode, both.ExitCode, unknown.ExitCode), Is.EqualTo((1, 2, 1)), $"{written}{both}{unknown}");
        Assert.That(written.Text, Does.Contain("odd/Dockerfile(2,6): error ORC2050: ").And.Contain("\nchanged api/Dockerfile\n").And.Contain("\nfixed: api\n").And.Not.Contain("changed odd"));
        Assert.That(unknown.Text, Does.Contain("ORC3002"));
    }

    private Task<string> ContentAsync() => _repository.DockerAsync("run", "--rm", "@-api", "sh", "-c", "find /all /copied /few -type f ! -name Dockerfile ! -path '/all/shared/*' | sort | xargs sha256sum");

    /// <summary>Every file with its bytes.</summary>
    private Dictionary<string, string> Files() => Directory.EnumerateFiles(_repository.Folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(_repository.Folder, file), file => Convert.ToHexString(File.ReadAllBytes(file)));
}
