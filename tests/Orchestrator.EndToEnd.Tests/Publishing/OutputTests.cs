using System.Text.RegularExpressions;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>Images that need not be on the engine: what the registry has is left there, and what is built goes there.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class OutputTests(string engine)
{
    private static readonly string[] All = ["base", "left", "right"];

    private PublishFixture _fixture = null!;
    private EngineNetwork? _network;

    private string Agent => TestEngines.Host(TestEngines.Labels.FirstOrDefault(label => label != engine) ?? engine);

    [SetUp]
    public async Task OpenAsync()
    {
        _fixture = await PublishFixture.OpenAsync(engine);
        var repository = _fixture.WriteServices();
        // A machine that is busy with other tests does not answer within two seconds.
        repository.Variables["ORCHESTRATOR_REGISTRY_TIMEOUT"] = "60";
        repository.Write("images.yml", $"name: @\ncache: {{ registry: {_fixture.Registry.Host}/acme }}\nimages:\n  @-base: base\n  @-left: left\n  @-right: right\n")
            // No two builds of it are alike.
            .Write("base/Dockerfile", "FROM local/busybox\nCOPY data /data\nRUN cat /proc/sys/kernel/random/uuid > /build\n");
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _fixture.Repository.RunAsync("clean");
        if (_network is not null)
        {
            await _network.DisposeAsync();
            _network = null;
        }

        await _fixture.DisposeAsync();
    }

    [Test]
    public async Task An_agent_with_an_empty_engine_does_nothing_at_all_and_builds_what_changes()
    {
        var repository = _fixture.Repository;
        var first = await BuildAsync();
        await repository.RunAsync("clean");
        _network = _fixture.BecomeAgent(Agent);

        var plan = await repository.RunAsync("plan", "--output", "registry");
        var nothing = await BuildAsync();
        var images = await ImagesAsync();
        var sent = _network.Sent;
        repository.Write("left/Dockerfile", "FROM @-base\nRUN echo other > /left\n");
        var preview = await repository.RunAsync("plan", "--output", "registry");
        var changed = await BuildAsync();
        var again = await BuildAsync();
        var local = await repository.RunAsync("build");

        Assert.That(first.ExitCode, Is.Zero, first.ToString());
        Assert.That(first.Built, Is.EqualTo(All));
        Assert.That(first.Text, Does.Contain("3 pushed to their registry, 0 present there"), first.ToString());
        Assert.That(Actions(plan), Is.EqualTo("present present present"), plan.ToString());
        Assert.That(nothing.ExitCode, Is.Zero, nothing.ToString());
        Assert.That(nothing.Text, Does.Contain("3 images: 3 present, in "), nothing.ToString());
        Assert.That(images, Does.Not.Contain(repository.Prefix));
        Assert.That(sent, Is.Zero, "the engine spoke to the registry");
        Assert.That(Actions(preview), Is.EqualTo("pull build present"), preview.ToString());
        Assert.That(changed.Text, Does.Contain("3 images: 1 present, 1 pulled, 1 built").And.Contain("1 pushed to their registry, 0 present there"), changed.ToString());
        Assert.That(changed.Built, Is.EqualTo(new[] { "left" }));
        Assert.That(again.Text, Does.Contain("3 images: 3 present"), again.ToString());
        Assert.That(local.Text, Does.Contain("1 pulled").And.Contain("2 up-to-date"), local.ToString());
    }

    [Test]
    public async Task What_the_engine_has_is_pushed_without_a_build_also_after_a_run_without_a_registry()
    {
        await _fixture.Registry.KillAsync();
        var gone = await BuildAsync();
        await _fixture.Registry.StartAgainAsync();
        var plan = await _fixture.Repository.RunAsync("plan", "--output", "registry");
        var back = await BuildAsync();
        var again = await BuildAsync();

        Assert.That(gone.ExitCode, Is.EqualTo(1), gone.ToString());
        Assert.That(gone.Built, Is.EqualTo(All), gone.ToString());
        Assert.That(Count(gone.Text, "warning ORC"), Is.EqualTo(1), gone.ToString());
        Assert.That(Count(gone.Text, "error ORC"), Is.EqualTo(1), gone.ToString());
        Assert.That(gone.Text, Does.Contain("warning ORC4020").And.Contain("error ORC4003"));
        Assert.That(Actions(plan), Is.EqualTo("push push push"), plan.ToString());
        Assert.That(back.Text, Does.Contain("3 images: 3 up-to-date").And.Contain("3 pushed to their registry"), back.ToString());
        Assert.That(again.Text, Does.Contain("3 images: 3 present").And.Not.Contain("pushed"), again.ToString());
    }

    [Test]
    public async Task A_base_that_was_built_anew_takes_the_registry_s_place_and_so_does_what_is_built_on_it()
    {
        var repository = _fixture.Repository;
        await BuildAsync();
        var before = await KeyDigestAsync("base");

        var anew = await BuildAsync("--no-cache", $"{repository.Prefix}-base");
        var replaced = await KeyDigestAsync("base");
        var plan = await repository.RunAsync("plan", "--output", "registry");
        var older = await KeyDigestAsync("left");
        var follow = await BuildAsync();
        await repository.RunAsync("clean");
        _network = _fixture.BecomeAgent(Agent);
        var other = await BuildAsync();
        await repository.RunAsync("build");

        Assert.That(anew.ExitCode, Is.Zero, anew.ToString());
        Assert.That(replaced, Is.Not.EqualTo(before));
        Assert.That(Actions(plan), Is.EqualTo("present build build"), plan.ToString());
        Assert.That(plan.Text, Does.Contain("built on an older build of"));
        Assert.That(follow.Built, Is.EqualTo(new[] { "left", "right" }), follow.ToString());
        Assert.That(await KeyDigestAsync("left"), Is.Not.EqualTo(older));
        Assert.That(other.Text, Does.Contain("3 images: 3 present"), other.ToString());
        Assert.That(await OnAgentAsync("left"), Is.EqualTo(await OnAgentAsync("base")), "what the registry has now belongs together");
    }

    [Test]
    public async Task What_is_built_on_is_the_registry_s_build_not_the_engine_s()
    {
        var repository = _fixture.Repository;
        await BuildAsync();
        _network = _fixture.BecomeAgent(Agent);
        // Another build for the same key, which nobody pushed.
        var own = await repository.RunAsync("build", "--no-cache", $"{repository.Prefix}-base");
        var mine = await OnAgentAsync("base");
        repository.Write("left/Dockerfile", "FROM @-base\nRUN echo other > /left\n");

        var plan = await repository.RunAsync("plan", "--output", "registry");
        var built = await BuildAsync();

        Assert.That(own.Built, Is.EqualTo(new[] { "base" }), own.ToString());
        Assert.That(Actions(plan), Is.EqualTo("pull build present"), plan.ToString());
        Assert.That(built.Text, Does.Contain("1 present, 1 pulled, 1 built"), built.ToString());
        Assert.That(await OnAgentAsync("base"), Is.Not.EqualTo(mine));
        Assert.That(await OnAgentAsync("left"), Is.EqualTo(await OnAgentAsync("base")));
    }

    [Test]
    public async Task A_key_tag_of_another_image_is_no_proof_and_is_not_written_over()
    {
        await BuildAsync();
        var key = (await _fixture.TagsAsync("left")).Single();
        await _fixture.MoveAsync("left", key, "right", (await _fixture.TagsAsync("right")).Single());
        await _fixture.Repository.RunAsync("clean");

        var built = await BuildAsync();

        Assert.That(built.ExitCode, Is.EqualTo(1), built.ToString());
        Assert.That(built.Built, Is.EqualTo(new[] { "left" }), built.ToString());
        Assert.That(built.Text, Does.Contain("warning ORC4020").And.Contain("error ORC4007"), built.ToString());
    }

    [Test]
    public async Task What_is_to_be_pulled_for_a_build_and_cannot_is_built_where_that_is_possible()
    {
        var repository = _fixture.Repository;
        repository.Write("right/Dockerfile", "FROM @-left\nRUN echo right > /right\n");
        await BuildAsync();
        await repository.RunAsync("clean");
        // The command reaches the registry, the engine does not.
        _fixture.BecomeAgentApart(Agent);

        repository.Write("left/Dockerfile", "FROM @-base\nRUN echo other > /left\n");
        var built = await BuildAsync($"{repository.Prefix}-left");
        await repository.RunAsync("clean");
        repository.Write("left/Dockerfile", "FROM @-base\nRUN echo left > /left\n").Write("right/Dockerfile", "FROM @-left\nRUN echo other > /right\n");
        var stuck = await BuildAsync();

        Assert.That(built.ExitCode, Is.EqualTo(1), built.ToString());
        Assert.That(built.Text, Does.Contain("warning ORC4021").And.Contain("it cannot be pulled").And.Contain("2 images: 2 built").And.Contain("error ORC4008"), built.ToString());
        Assert.That(stuck.ExitCode, Is.EqualTo(1), stuck.ToString());
        Assert.That(stuck.Text, Does.Contain("warning ORC4021").And.Contain("1 present, 1 failed, 1 blocked"), stuck.ToString());
    }

    [TestCase("")]
    [TestCase("cache: { registry: false }\n")]
    public async Task Without_a_registry_that_remembers_it_is_one_error(string memory)
    {
        _fixture.Repository.WriteGraph("base");
        _fixture.Repository.Write("images.yml", File.ReadAllText(Path.Join(_fixture.Repository.Root, "images.yml")) + memory);
        _fixture.Repository.Variables["CI"] = "";

        var built = await BuildAsync();

        Assert.That(built.ExitCode, Is.EqualTo(1));
        Assert.That(Count(built.Text, "ORC"), Is.EqualTo(1), built.ToString());
        Assert.That(built.Text, Does.Contain("error ORC4022: Images cannot be left in their registry, for nothing says that one remembers builds."));
    }

    private Task<Repository.Outcome> BuildAsync(params string[] more) => _fixture.Repository.RunAsync(["build", "--output", "registry", .. more]);

    private async Task<string> ImagesAsync() => string.Join('\n', await _fixture.Repository.ImageNamesAsync(Agent));

    /// <summary>Which build of the base an image of the agent's engine is made of.</summary>
    private Task<string> OnAgentAsync(string image) => _fixture.Repository.DockerOnAsync(Agent, "run", "--rm", "@-" + image, "cat", "/build");

    private async Task<string?> KeyDigestAsync(string image) => await _fixture.DigestAsync(image, (await _fixture.TagsAsync(image)).Single());

    private static string Actions(Repository.Outcome plan) =>
        string.Join(' ', All.Select(image => Regex.Match(plan.Text, $"^{image} +([a-z-]+) ", RegexOptions.Multiline).Groups[1].Value));

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
