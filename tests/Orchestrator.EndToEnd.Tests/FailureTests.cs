using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Bad input and failing builds: one clear diagnostic, at its place.</summary>
[Category("Engine")]
internal sealed class FailureTests
{
    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(TestEngines.First);

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [TestCase("images:\n  a: { contxt: a }\n", "images.yml(2,8): error ORC1020", TestName = "Unknown_key")]
    [TestCase("images: [a]\n", "images.yml(1,9): error ORC1023", TestName = "Wrong_type")]
    [TestCase("images:\n  a: a\n  a: a\n", "images.yml(3,3): error ORC1008", TestName = "Duplicate_key")]
    [TestCase("images: {}\n", "images.yml(1,1): error ORC1030", TestName = "Empty_graph")]
    [TestCase("images:\n  a: nowhere\n", "images.yml(2,6): error ORC1040", TestName = "Missing_context")]
    [TestCase("images:\n  a: { context: a, dockerfile: Other }\n", "images.yml(2,32): error ORC1041", TestName = "Missing_Dockerfile")]
    [TestCase("images:\n  a: { context: a, platforms: [linux/arm64, linux/arm64/v8] }\n", "images.yml(2,45): error ORC1024", TestName = "A_platform_twice")]
    [TestCase("images:\n  a: { context: a, isolation: x }\n", "error ORC1021", TestName = "Not_supported_yet")]
    public async Task Bad_graph_files_are_diagnosed(string yaml, string expected)
    {
        _repository.Write("a/Dockerfile", "FROM local/busybox\n").Write("images.yml", yaml);

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Text, Does.Contain(expected), outcome.ToString());
    }

    [Test]
    public async Task A_circle_is_shown_as_a_path_with_places()
    {
        _repository.WriteGraph("a", "b").Write("a/Dockerfile", "FROM @-b\n").Write("b/Dockerfile", "FROM local/busybox\nCOPY --from=@-a /x /x\n");

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.Text, Does.Contain("ORC3001").And.Contain("a -> b -> a").And.Contain("a/Dockerfile(1,6)").And.Contain("b/Dockerfile(2,"), outcome.ToString());
    }

    [Test]
    public async Task A_missing_target_is_found_before_anything_is_built()
    {
        _repository.Write("images.yml", "name: @\nimages:\n  @-a: { context: a, target: prod }\n").Write("a/Dockerfile", "FROM local/busybox AS production\n");

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.Text, Does.Match(@"images\.yml\(3,\d+\): error ORC2036").And.Contain("There is no stage 'prod' to build in 'a/Dockerfile'. There is 'production'.").And.Not.Contain("building"), outcome.ToString());
    }

    [Test]
    public async Task A_syntax_error_has_its_line() =>
        await FailsAsync("FROM local/busybox\nRUNN x\n", "Dockerfile(2,1)", "ORC2005", "RUN");

    [Test]
    public async Task A_missing_copy_source_has_its_line() =>
        await FailsAsync("FROM local/busybox\nCOPY nothing /x\n", "Dockerfile(2,1", "ORC3010", "/nothing");

    [Test]
    public async Task A_failing_step_shows_its_last_lines_and_exit_code() =>
        await FailsAsync("FROM local/busybox\n\nRUN echo first && echo the last words && exit 3\n", "Dockerfile(3,1", "exit code: 3", "| the last words");

    [TestCase("FROM @-base-pyhton\n", "app/Dockerfile(1,6)", "base-python")]
    [TestCase("FROM local/busybox AS assets\nFROM local/busybox\nCOPY --from=asets /x /x\n", "app/Dockerfile(3,", "assets")]
    public async Task A_base_that_nobody_can_provide_names_what_may_have_been_meant(string dockerfile, string place, string meant)
    {
        _repository.WriteGraph("base-python", "app").Write("base-python/Dockerfile", "FROM local/busybox\n").Write("app/Dockerfile", dockerfile);
        var question = $"Did you mean '{meant}'?";

        var plan = await _repository.RunAsync("plan");
        var outcome = await _repository.RunAsync("build");

        Assert.That(plan.Text, Does.Contain("is not here yet. " + question), plan.ToString());
        Assert.That(outcome.Text, Does.Contain("ORC3003").And.Contain(place).And.Contain(question).And.Contain("1 built, 1 blocked"), outcome.ToString());
        Assert.That(outcome.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task A_failed_image_blocks_only_what_depends_on_it()
    {
        _repository.WriteGraph("bad", "child", "good")
            .Write("bad/Dockerfile", "FROM local/busybox\nRUN false\n").Write("child/Dockerfile", "FROM @-bad\n").Write("good/Dockerfile", "FROM local/busybox\n");

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.Text, Does.Contain("3 images: 1 built, 1 failed, 1 blocked"), outcome.ToString());
    }

    [TestCase("warn", 0, "warning ORC0101")]
    [TestCase("error", 1, "error ORC0102")]
    [TestCase("skip", 0, "")]
    public async Task A_missing_engine_means_what_was_asked_for(string policy, int exitCode, string expected)
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\n");
        _repository.Variables["DOCKER_HOST"] = "unix:///nowhere/docker.sock";

        var outcome = await _repository.RunAsync("build", "--engine-missing", policy);

        Assert.That(outcome.ExitCode, Is.EqualTo(exitCode), outcome.ToString());
        Assert.That(outcome.Text, expected.Length == 0 ? Is.Empty : Does.Contain(expected));
    }

    [TestCase("20.10.24+dfsg1", "1.41")]
    [TestCase("22.06.0-beta.0", "1.42")]
    public async Task An_engine_that_is_too_old_is_told_by_its_version_and_asked_for_nothing_else(string version, string api)
    {
        await using var engine = new ScriptedEngine(request => request switch
        {
            "GET /version" => (200, $$"""{"Version":"{{version}}","ApiVersion":"{{api}}","MinAPIVersion":"1.12","Os":"linux","Arch":"amd64"}"""),
            "GET /info" => (200, """{"ID":"old","Driver":"overlay2"}"""),
            _ => null,
        });
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\n");
        _repository.Variables["DOCKER_HOST"] = engine.Host;

        var outcome = await _repository.RunAsync("build", "--engine-missing", "skip");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text.Trim(), Is.EqualTo($"error ORC0103: The Docker Engine at {engine.Host} (DOCKER_HOST) is version {version}, older than 23, the oldest one with the BuildKit interfaces that are used here.\n  help: Update Docker to version 23 or later."));
        Assert.That(engine.Requests, Is.EquivalentTo(new[] { "GET /version", "GET /info" }));
    }

    [Test]
    public async Task An_engine_of_another_system_is_told()
    {
        await using var engine = new ScriptedEngine(request => request switch
        {
            "GET /version" => (200, """{"Version":"28.5.2","ApiVersion":"1.51","MinAPIVersion":"1.24","Os":"windows","Arch":"amd64"}"""),
            "GET /info" => (200, """{"ID":"other","Driver":"windowsfilter"}"""),
            _ => null,
        });
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\n");
        _repository.Variables["DOCKER_HOST"] = engine.Host;

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text, Does.StartWith($"error ORC0112: The Docker Engine at {engine.Host} (DOCKER_HOST) runs containers of windows, and BuildKit builds images on Linux only.\n  help: Switch Docker Desktop to Linux containers"));
    }

    [Test]
    public async Task A_file_that_may_not_be_read_is_named_and_may_be_ignored()
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nCOPY . /c\n").Write("a/open", "1").Write("a/closed", "2");
        _repository.SetMode("a/closed", UnixFileMode.None);
        _repository.ObeysPermissions = true;

        var refused = await _repository.RunAsync("build");
        _repository.Write("a/.dockerignore", "closed\n");
        var ignored = await _repository.RunAsync("build");

        Assert.That(refused.ExitCode, Is.EqualTo(1), refused.ToString());
        Assert.That(refused.Text, Does.Contain("images.yml(3,").And.Contain("error ORC3013").And.Contain("closed").And.Not.Contain("building"), refused.ToString());
        Assert.That(ignored.ExitCode, Is.Zero, ignored.ToString());
        Assert.That(await _repository.DockerAsync("run", "--rm", "@-a", "ls", "-A", "/c"), Is.EqualTo(".dockerignore\nDockerfile\nopen"));
    }

    [Test]
    public async Task A_folder_that_may_not_be_read_is_named()
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nCOPY . /c\n").Write("a/closed/f", "2");
        _repository.SetMode("a/closed", UnixFileMode.None);
        _repository.ObeysPermissions = true;

        var outcome = await _repository.RunAsync("build");
        _repository.SetMode("a/closed", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("error ORC3013").And.Contain("closed").And.Not.Contain("building"), outcome.ToString());
    }

    private async Task FailsAsync(string dockerfile, params string[] expected)
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", dockerfile);

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        foreach (var text in expected)
        {
            Assert.That(outcome.Text, Does.Contain(text), outcome.ToString());
        }
    }
}
