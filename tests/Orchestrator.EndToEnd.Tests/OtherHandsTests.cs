using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Somebody else removes and moves names on the engine while a run is at work, such as <c>docker image prune -a</c> of a nightly job.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class OtherHandsTests(string engine)
{
    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(TestEngines.Host(engine));

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task What_is_held_for_a_run_and_let_go_of_by_somebody_else_is_held_again()
    {
        WriteSlow("FROM local/busybox\nRUN : @ base\n");
        var run = await StartAsync();

        await _repository.RemoveImagesAsync(IsHeld);
        var outcome = await _repository.EndAsync(run);

        Assert.That(outcome.Built, Is.EqualTo(new[] { "base", "last", "slow" }), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("trying last again (1)").And.Contain("was removed from the engine"), outcome.ToString());
        Assert.That((await _repository.ImageNamesAsync()).Where(IsHeld), Is.Empty);
    }

    [Test]
    public async Task A_base_that_is_gone_is_told_by_its_name()
    {
        WriteSlow("FROM local/busybox\nRUN : @ base\n");
        var run = await StartAsync();

        await _repository.RemoveImagesAsync(name => IsHeld(name) || name.Contains(_repository.Prefix + "-base:", StringComparison.Ordinal));
        var outcome = await _repository.EndAsync(run);
        var again = await _repository.RunAsync("build");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("error ORC3030: 'base' was removed from the engine").And.Not.Contain("held."), outcome.ToString());
        Assert.That(again.ExitCode, Is.Zero, again.ToString());
    }

    [Test]
    public async Task An_image_from_a_registry_that_is_gone_is_pulled_again()
    {
        await using var registry = await EngineRegistry.StartAsync(TestEngines.Host(engine));
        var name = $"{registry.Host}/@-outside:1";
        await PublishAsync(name);
        WriteSlow($"FROM {name}\nRUN : @ base\n");
        _repository.Write("last/Dockerfile", $"FROM @-slow\nCOPY --from={name} /of-@ /taken\n");
        var run = await StartAsync();

        await _repository.RemoveImagesAsync(image => IsHeld(image) || image.StartsWith(registry.Host, StringComparison.Ordinal));
        await _repository.DockerAsync("image", "rm", "--force", name);
        var outcome = await _repository.EndAsync(run);

        Assert.That(outcome.Built, Is.EqualTo(new[] { "base", "last", "slow" }), outcome.ToString());
        Assert.That(await _repository.CatAsync("last", "/taken"), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_name_that_is_given_again_stands_for_the_build_that_was_found_and_not_for_what_its_key_tag_names_by_then()
    {
        var host = TestEngines.Host(engine);
        await using var scripted = new ScriptedEngine(request =>
        {
            if (request.StartsWith("POST /images/", StringComparison.Ordinal) && request.Contains("/tag?repo=", StringComparison.Ordinal))
            {
                var tag = _repository.ImageNamesAsync(host).GetAwaiter().GetResult().Single(name => name.StartsWith("orchestrator.invalid/" + _repository.Prefix, StringComparison.Ordinal));
                _repository.DockerOnAsync(host, "tag", "local/busybox", tag).GetAwaiter().GetResult();
            }

            return null;
        }, host);
        _repository.WriteGraph("app").Write("app/Dockerfile", "FROM local/busybox\nRUN echo @ > /f\n");
        await _repository.RunAsync("build");
        await _repository.DockerAsync("image", "rm", "@-app");
        _repository.Variables["DOCKER_HOST"] = scripted.Host;

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.Text, Does.Contain("1 retagged"), outcome.ToString());
        Assert.That(await _repository.CatAsync("app", "/f"), Is.EqualTo(_repository.Prefix));
    }

    /// <summary>A base, something on it that takes its time, and something that takes from the base after that.</summary>
    private void WriteSlow(string basis) => _repository.WriteGraph("base", "slow", "last")
        .Write("base/Dockerfile", basis)
        .Write("slow/Dockerfile", "FROM @-base\nRUN : @ slow && sleep 8 && : done\n")
        .Write("last/Dockerfile", "FROM @-slow\nCOPY --from=@-base /bin/busybox /again\nRUN : @ last\n");

    private async Task<System.Diagnostics.Process> StartAsync()
    {
        var run = _repository.Start("build");
        Assert.That(await Steps.AwaitAsync($"{_repository.Prefix} slow && sleep 8", isRunning: true), Is.True);
        return run;
    }

    /// <summary>An image of its own content goes to a registry, and is on the engine under that name as after a pull.</summary>
    private async Task PublishAsync(string name)
    {
        _repository.Write("outside/Dockerfile", "FROM local/busybox\nRUN echo 1 > /of-@\n");
        await _repository.DockerAsync("build", "--quiet", "--tag", name, "outside");
        await _repository.DockerAsync("push", name);
        await _repository.DockerAsync("image", "rm", "--force", name);
        await _repository.DockerAsync("pull", name);
    }

    private bool IsHeld(string name) => name.StartsWith($"held.orchestrator.invalid/{_repository.Prefix}/", StringComparison.Ordinal);
}
