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
    [TestCase("images:\n  a: { context: a, overlay: { x: x } }\n", "error ORC1021", TestName = "Not_supported_yet")]
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

        Assert.That(outcome.Text, Does.Contain("a/Dockerfile").And.Contain("'prod'").And.Contain("ORC2036").And.Not.Contain("building"), outcome.ToString());
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

    [Test]
    public async Task A_base_that_nobody_can_provide_names_what_may_have_been_meant()
    {
        _repository.WriteGraph("base-python", "app").Write("base-python/Dockerfile", "FROM local/busybox\n").Write("app/Dockerfile", "FROM @-base-pyhton\n");

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.Text, Does.Contain("ORC3003").And.Contain("app/Dockerfile(1,6)").And.Contain("Did you mean").And.Contain("1 built, 1 blocked"), outcome.ToString());
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

    [Test]
    public async Task A_secret_is_nowhere_but_in_its_step()
    {
        _repository.Write("images.yml", "name: @\nimages:\n  @-a:\n    context: a\n    secrets: [{ id: token, env: CANARY }]\n")
            .Write("a/Dockerfile", "FROM local/busybox\nRUN --mount=type=secret,id=token wc -c </run/secrets/token >/size\n");
        _repository.Variables["CANARY"] = "canary-value-1234";

        var outcome = await _repository.RunAsync("build");
        var inspected = await _repository.DockerAsync("image", "inspect", "@-a") + await _repository.DockerAsync("history", "--no-trunc", "@-a");

        Assert.That(await _repository.CatAsync("a", "/size"), Is.EqualTo("17"), outcome.ToString());
        Assert.That(outcome.Text + inspected, Does.Not.Contain("canary-value"));
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
