using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>What one agent pushed, another one with an empty engine need not build.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class MemoryTests(string engine)
{
    private PublishFixture _fixture = null!;
    private EngineNetwork? _network;

    /// <summary>Any other engine than the fixture's, so that both stores meet; the same one when there is no other.</summary>
    private static string Other(string engine) => TestEngines.Host(TestEngines.Labels.FirstOrDefault(label => label != engine) ?? engine);

    [SetUp]
    public async Task PublishAsync()
    {
        _fixture = await PublishFixture.OpenAsync(engine);
        var repository = _fixture.WriteServices();
        // A machine that is busy with other tests does not answer within two seconds.
        repository.Variables["ORCHESTRATOR_REGISTRY_TIMEOUT"] = "60";
        repository.Write("images.yml", File.ReadAllText(Path.Join(repository.Root, "images.yml")) + "cache: { registry: true }\n");
        var published = await repository.RunAsync("push", "--build", "--version", "1.0.0");
        Assert.That(published.ExitCode, Is.Zero, published.ToString());
        await repository.RunAsync("clean");
        _network = _fixture.BecomeAgent(Other(engine));
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _fixture.Repository.RunAsync("clean");
        if (_network is not null)
        {
            await _network.DisposeAsync();
        }

        await _fixture.DisposeAsync();
    }

    [Test]
    public async Task An_empty_engine_pulls_what_is_unchanged_and_builds_the_rest()
    {
        var repository = _fixture.Repository;

        var plan = await repository.RunAsync("plan");
        var pulled = await repository.RunAsync("build");
        var again = await repository.RunAsync("build");
        repository.Write("left/Dockerfile", "FROM @-base\nRUN echo other > /left\n");
        var changed = await repository.RunAsync("build");

        Assert.That(plan.Text.Split('\n').Count(line => line.Contains("  pull ", StringComparison.Ordinal)), Is.EqualTo(3), plan.ToString());
        Assert.That(pulled.Text, Does.Contain("3 images: 3 pulled"), pulled.ToString());
        Assert.That(again.Text, Does.Contain("3 images: 3 up-to-date"), again.ToString());
        Assert.That(changed.Built, Is.EqualTo(new[] { "left" }), changed.ToString());
    }

    [Test]
    public async Task A_release_that_is_whole_in_the_registry_needs_no_engine_s_images()
    {
        var sent = _network!.Sent;
        var next = await _fixture.Repository.RunAsync("push", "--version", "1.1.0");

        Assert.That(next.ExitCode, Is.Zero, next.ToString());
        Assert.That(next.Text, Does.Contain("0 pushed, 3 present"), next.ToString());
        Assert.That(await _fixture.DigestAsync("left", "1.1.0"), Is.EqualTo(await _fixture.DigestAsync("left", "1.0.0")));
        Assert.That(_network.Sent, Is.EqualTo(sent), "the engine spoke to the registry");
    }

    [Test]
    public async Task A_registry_that_is_gone_costs_one_warning_and_no_build()
    {
        await _fixture.Registry.KillAsync();

        var built = await _fixture.Repository.RunAsync("build");

        Assert.That(built.ExitCode, Is.Zero, built.ToString());
        Assert.That(built.Built, Is.EqualTo(new[] { "base", "left", "right" }), built.ToString());
        Assert.That(built.Text.Split("warning ORC4020").Length - 1, Is.EqualTo(1), built.ToString());
    }

    [Test]
    public async Task A_time_that_is_none_is_told_and_no_registry_is_asked()
    {
        _fixture.Repository.Variables["ORCHESTRATOR_REGISTRY_TIMEOUT"] = "soon";

        var plan = await _fixture.Repository.RunAsync("plan");

        Assert.That(plan.ExitCode, Is.Zero, plan.ToString());
        Assert.That(plan.Text, Does.Contain("warning ORC4020").And.Contain("ORCHESTRATOR_REGISTRY_TIMEOUT is 'soon'").And.Not.Contain(" pull "), plan.ToString());
    }

    [Test]
    public async Task A_key_tag_that_somebody_moved_proves_nothing()
    {
        var key = (await _fixture.TagsAsync("left")).Single(tag => tag.StartsWith("key-", StringComparison.Ordinal));
        await _fixture.MoveAsync("left", key, "right", "1.0.0");

        var built = await _fixture.Repository.RunAsync("build");

        Assert.That(built.Built, Is.EqualTo(new[] { "left" }), built.ToString());
        Assert.That(built.Text, Does.Contain("warning ORC4020").And.Contain("2 pulled"), built.ToString());
    }

    [Test]
    public async Task A_base_that_has_to_be_built_after_all_takes_its_dependants_along()
    {
        var repository = _fixture.Repository;
        await repository.RunAsync("build");
        await repository.RemoveImagesAsync(name => name.Contains(repository.Prefix + "-base:", StringComparison.Ordinal), Other(engine));

        // The command still reaches the registry, the engine does not.
        await _network!.DisposeAsync();
        _network = null;
        var plan = await repository.RunAsync("plan");
        var built = await repository.RunAsync("build");

        Assert.That(plan.Text.Split('\n').Count(line => line.Contains("  pull ", StringComparison.Ordinal)), Is.EqualTo(1), plan.ToString());
        Assert.That(plan.Text.Split('\n').Count(line => line.Contains("  up-to-date ", StringComparison.Ordinal)), Is.EqualTo(2), plan.ToString());
        Assert.That(built.Built, Is.EqualTo(new[] { "base", "left", "right" }), built.ToString());
    }

    /// <summary>containerd's store takes away all names that an image has in a repository with the one by digest.</summary>
    [Test]
    public async Task An_image_whose_local_name_is_that_of_the_registry_has_it_after_a_pull()
    {
        var repository = _fixture.Repository;
        var name = $"{_fixture.Registry.Host}/acme/{repository.Prefix}-own";
        repository.Write("images.yml", $"name: @\nregistry: {_fixture.Registry.Host}/acme\npublish_tags: [\"{{version}}\"]\ncache: {{ registry: true }}\nimages:\n  own:\n    image: {name}\n    context: own\n")
            .Write("own/Dockerfile", "FROM scratch\nCOPY f /f\n").Write("own/f", "@");
        var published = await repository.RunAsync("push", "--build", "--version", "1.0.0");
        Assert.That(published.ExitCode, Is.Zero, published.ToString());
        await repository.RunAsync("clean");
        await repository.DockerOnAsync(Other(engine), "pull", name + ":1.0.0");

        var pulled = await repository.RunAsync("build");
        var names = await repository.ImageNamesAsync(Other(engine));
        var again = await repository.RunAsync("build");

        Assert.That(pulled.Text, Does.Contain("1 pulled"), pulled.ToString());
        Assert.That(names, Does.Contain(name + ":latest").And.Contain(name + ":1.0.0"));
        Assert.That(again.Text, Does.Contain("1 up-to-date"), again.ToString());
    }
}
