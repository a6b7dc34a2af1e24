using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What is locked is what is built from, whatever its tag says meanwhile.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class LockTests(string engine)
{
    private Repository _repository = null!;
    private EngineRegistry _registry = null!;

    private string Lock => File.ReadAllText(Path.Join(_repository.Root, "images.lock"));

    [SetUp]
    public async Task OpenAsync()
    {
        _repository = new Repository(TestEngines.Host(engine));
        _registry = await EngineRegistry.StartAsync(TestEngines.Host(engine));
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _repository.RemoveImagesAsync(name => name.StartsWith(_registry.Host, StringComparison.Ordinal));

        await _repository.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Test]
    public async Task A_tag_that_moves_in_the_registry_moves_nothing_until_the_lock_is_updated()
    {
        var tag = _registry.Host + "/base:1";
        await PushAsync("one", tag);
        _repository.WriteGraph("service").Write("service/Dockerfile", $"FROM {tag}\nRUN cp /v /seen\n");

        var locked = await _repository.RunAsync("lock");
        var first = Lock;
        await PushAsync("two", tag);
        await _repository.DockerAsync("image", "rm", "--force", tag);
        var built = await _repository.RunAsync("build");
        var seen = await _repository.CatAsync("service", "/seen");
        var again = await _repository.RunAsync("build", "--pull");
        var unchanged = await _repository.RunAsync("lock");

        Assert.That(locked.Text, Does.Match($"locked {tag} sha256:[0-9a-f]{{12}}"), locked.ToString());
        Assert.That(built.ExitCode, Is.Zero, built.ToString());
        Assert.That(seen, Is.EqualTo("one"));
        Assert.That(again.Text, Does.Contain("1 up-to-date"), again.ToString());
        Assert.That((unchanged.Text.Trim(), Lock), Is.EqualTo(("nothing to change; 1 pins", first)));

        var updated = await _repository.RunAsync("lock", "--update", tag);
        var rebuilt = await _repository.RunAsync("build");

        Assert.That(updated.Text, Does.Match($"moved {tag} sha256:[0-9a-f]{{12}} -> sha256:[0-9a-f]{{12}}"), updated.ToString());
        Assert.That(rebuilt.Built, Is.EqualTo(new[] { "service" }), rebuilt.ToString());
        Assert.That(await _repository.CatAsync("service", "/seen"), Is.EqualTo("two"));
    }

    [Test]
    public async Task An_image_that_is_up_to_date_needs_nothing_that_it_was_built_from()
    {
        var tag = _registry.Host + "/base:1";
        await PushAsync("one", tag);
        _repository.WriteGraph("service").Write("service/Dockerfile", $"FROM {tag}\n");
        await _repository.RunAsync("lock");
        await _repository.RunAsync("build");
        await _repository.DockerAsync("image", "rm", "--force", tag);
        await _registry.StopAsync();

        var planned = await _repository.RunAsync("plan");
        var built = await _repository.RunAsync("build");

        Assert.That(planned.Text, Does.Contain("up-to-date"), planned.ToString());
        Assert.That(built.Text, Does.Contain("1 up-to-date"), built.ToString());
    }

    [Test]
    public async Task A_registry_that_is_down_and_a_digest_that_is_gone_are_said_with_the_place()
    {
        var tag = _registry.Host + "/base:1";
        await PushAsync("one", tag);
        _repository.WriteGraph("service").Write("service/Dockerfile", $"FROM {tag}\n");
        await _repository.RunAsync("lock");
        await _repository.DockerAsync("image", "rm", "--force", tag);
        await _registry.StopAsync();

        var built = await _repository.RunAsync("build");
        var updated = await _repository.RunAsync("lock", "--update");

        Assert.That(built.ExitCode, Is.EqualTo(1), built.ToString());
        Assert.That(built.Text, Does.Contain("service/Dockerfile(1,6): error ORC3003"), built.ToString());
        Assert.That(updated.ExitCode, Is.EqualTo(1), updated.ToString());
        Assert.That(updated.Text, Does.Contain("service/Dockerfile(1,6): error ORC4077").And.Contain("connection refused"), updated.ToString());

        await _registry.StartAgainAsync();
        Assert.That((await _repository.RunAsync("build")).Built, Is.EqualTo(new[] { "service" }));
    }

    [Test]
    public async Task An_image_of_no_registry_is_held_by_its_content()
    {
        await ImageAsync("one", "@-outside:1");
        _repository.WriteGraph("service").Write("service/Dockerfile", "FROM @-outside:1\n");
        var locked = await _repository.RunAsync("lock");
        var built = await _repository.RunAsync("build");
        await _repository.DockerAsync("tag", "@-outside:1", "@-outside:kept");
        await ImageAsync("two", "@-outside:1");

        var refused = await _repository.RunAsync("build");
        await _repository.DockerAsync("tag", "@-outside:kept", "@-outside:1");
        var again = await _repository.RunAsync("build");

        Assert.That(Lock, Does.Match("local docker.io/library/.*-outside:1 linux/[a-z0-9]+ sha256:"), locked.ToString());
        Assert.That(built.Built, Is.EqualTo(new[] { "service" }), built.ToString());
        Assert.That(refused.Text, Does.Contain("service/Dockerfile(1,6): error ORC4076"), refused.ToString());
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(again.Text, Does.Contain("1 up-to-date"), again.ToString());
    }

    [Test]
    public async Task A_check_finds_what_is_missing_and_what_is_stale()
    {
        _repository.WriteGraph("service").Write("service/Dockerfile", "FROM local/busybox\n");
        var none = await _repository.RunAsync("lock", "--check");
        await _repository.RunAsync("lock");
        var good = await _repository.RunAsync("lock", "--check");
        await ImageAsync("one", "@-outside:1");
        _repository.Write("service/Dockerfile", "FROM @-outside:1\n");
        var bad = await _repository.RunAsync("lock", "--check");
        var warned = await _repository.RunAsync("build");
        await _repository.RunAsync("lock");
        var mended = await _repository.RunAsync("lock", "--check");

        Assert.That((none.ExitCode, good.ExitCode, bad.ExitCode, warned.ExitCode, mended.ExitCode), Is.EqualTo((1, 0, 1, 0, 0)), $"{none}{good}{bad}{warned}{mended}");
        Assert.That(none.Text, Does.Contain("error ORC4079"));
        Assert.That(bad.Text, Does.Contain("service/Dockerfile(1,6): error ORC4074").And.Contain("images.lock(4,7): error ORC4075"));
        Assert.That(warned.Text, Does.Contain("service/Dockerfile(1,6): warning ORC4073"));
    }

    [Test]
    public async Task The_frontend_is_asked_for_by_the_digest_that_is_locked()
    {
        var tag = _registry.Host + "/docker/dockerfile:1";
        await PushAsync("no frontend", tag);
        _repository.WriteGraph("service").Write("service/Dockerfile", $"# syntax={tag}\nFROM local/busybox\n");
        var locked = await _repository.RunAsync("lock");
        var digest = Lock.Split('\n').Single(line => line.Contains("docker/dockerfile", StringComparison.Ordinal)).Split(' ')[2];
        await PushAsync("another", tag);
        await _repository.DockerAsync("image", "rm", "--force", tag);

        var built = await _repository.RunAsync("build");

        Assert.That(locked.ExitCode, Is.Zero, locked.ToString());
        // What was pushed reads no Dockerfiles; the error tells which one was tried.
        Assert.That(built.ExitCode, Is.EqualTo(1), built.ToString());
        Assert.That(built.Text, Does.Contain($"{_registry.Host}/docker/dockerfile@{digest}"), built.ToString());
    }

    [Test]
    public async Task A_refresh_runs_every_step_again_once()
    {
        const string Random = "FROM local/busybox\nRUN cat /proc/sys/kernel/random/uuid >/random\nCOPY f /f\n";
        _repository.WriteGraph("base", "service", "other").Write("base/Dockerfile", Random).Write("base/f", "1").Write("service/Dockerfile", "FROM @-base\n").Write("other/Dockerfile", "FROM local/busybox\n");
        await _repository.RunAsync("build");
        var before = await _repository.CatAsync("base", "/random");

        var refused = await _repository.RunAsync("lock", "--refresh", "bsae");
        var locked = await _repository.RunAsync("lock", "--refresh", _repository.Prefix + "-base");
        var plan = await _repository.RunAsync("plan");
        var built = await _repository.RunAsync("build");
        var after = await _repository.CatAsync("base", "/random");
        var again = await _repository.RunAsync("build");
        _repository.Write("base/f", "2");
        await _repository.RunAsync("build");
        var unchanged = await _repository.RunAsync("lock");

        Assert.That((refused.ExitCode, locked.ExitCode), Is.EqualTo((1, 0)), $"{refused}{locked}");
        Assert.That(locked.Text, Does.Contain("base will be built anew"));
        Assert.That(plan.Text, Does.Contain("refresh"), plan.ToString());
        Assert.That(built.Built, Is.EqualTo(new[] { "base", "service" }), built.ToString());
        Assert.That(after, Is.Not.EqualTo(before));
        Assert.That(again.Text, Does.Contain("3 up-to-date"), again.ToString());
        Assert.That(await _repository.CatAsync("service", "/random"), Is.EqualTo(after), "the steps of the build after the refresh were not taken");
        Assert.That((unchanged.Text.Trim(), Lock), Is.EqualTo(("nothing to change; 1 pins", Lock)).And.Matches<(string, string)>(pair => pair.Item2.Contains("refresh ", StringComparison.Ordinal)));
    }

    [Test]
    public async Task One_lock_is_for_all_environments()
    {
        await ImageAsync("one", "@-dev:1");
        await ImageAsync("two", "@-prod:1");
        _repository.Write("images.yml", "name: @\nenvironments:\n  dev: { compose: dev.yml }\n  prod: { compose: prod.yml }\nimages:\n  @-base: base\n").Write("base/Dockerfile", "FROM local/busybox\n")
            .Write("dev.yml", "services:\n  @-service: { build: { context: ., dockerfile: dev.Dockerfile } }\n").Write("dev.Dockerfile", "FROM @-dev:1\n")
            .Write("prod.yml", "services:\n  @-service: { build: { context: ., dockerfile: prod.Dockerfile } }\n").Write("prod.Dockerfile", "FROM @-prod:1\n");

        await _repository.RunAsync("lock");
        var all = Lock;
        var one = await _repository.RunAsync("lock", "--environment", "dev");
        var check = await _repository.RunAsync("lock", "--check");

        Assert.That(all.Split('\n').Count(line => line.StartsWith("local ", StringComparison.Ordinal)), Is.EqualTo(3), all);
        Assert.That((one.Text.Trim(), Lock, check.ExitCode), Is.EqualTo(("nothing to change; 3 pins", all, 0)), check.ToString());
    }

    private async Task PushAsync(string content, string tag)
    {
        await ImageAsync(content, tag);
        Assert.That(await _repository.DockerAsync("push", "--quiet", tag), Does.EndWith(tag));
    }

    /// <summary>An image with a file /v, made as no tool of ours would.</summary>
    private async Task ImageAsync(string content, string tag)
    {
        var container = await _repository.DockerAsync("create", "local/busybox", "sh", "-c", $"echo {content} > /v");
        await _repository.DockerAsync("start", "--attach", container);
        await _repository.DockerAsync("commit", container, tag);
        await _repository.DockerAsync("rm", container);
    }
}
