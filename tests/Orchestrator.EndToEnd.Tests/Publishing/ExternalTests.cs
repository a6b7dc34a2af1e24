using System.Text.RegularExpressions;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>
/// What external images are, an agent learns from their registry: the keys are those that it would have after pulling them, whichever store pushed and
/// whichever store would pull, and nothing is pulled that nothing is built on.
/// </summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class ExternalTests(string engine)
{
    private PublishFixture _fixture = null!;
    private EngineNetwork? _network;

    /// <summary>The external image, and one of which only a file is taken.</summary>
    private string Base => $"{_fixture.Registry.Host}/ext/{_fixture.Repository.Prefix}-base:1";

    private string Tools => $"{_fixture.Registry.Host}/ext/{_fixture.Repository.Prefix}-tools:1";

    private string Agent => TestEngines.Host(TestEngines.Labels.FirstOrDefault(label => label != engine) ?? engine);

    [SetUp]
    public async Task PublishAsync()
    {
        _fixture = await PublishFixture.OpenAsync(engine, logsRequests: true);
        var repository = _fixture.Repository;
        // A machine that is busy with other tests does not answer within two seconds.
        repository.Variables["ORCHESTRATOR_REGISTRY_TIMEOUT"] = "60";
        repository.Write("ext/Dockerfile", """
                FROM local/busybox
                LABEL org.example.one="1 & <2>" org.example.empty=""
                ENV FOLDER=/srv/@ EMPTY=
                EXPOSE 8080 53/udp
                VOLUME /data
                USER 1000:1000
                WORKDIR /srv
                STOPSIGNAL SIGINT
                SHELL ["/bin/sh", "-e", "-c"]
                HEALTHCHECK --interval=30s --retries=3 CMD wget -q localhost
                ENTRYPOINT ["/bin/sh"]
                CMD ["-c", "true"]
                ONBUILD COPY onbuild /onbuild
                """)
            .Write("tools/Dockerfile", "FROM local/busybox\nRUN echo @ > /tool\n");
        foreach (var (image, folder) in new[] { (Base, "ext"), (Tools, "tools") })
        {
            await repository.DockerAsync("build", "--tag", image, folder);
            var pushed = await repository.DockerAsync("push", image);
            Assert.That(pushed, Does.Contain("digest: sha256:"));
        }

        repository.Write("images.yml", $"name: @\nregistry: {_fixture.Registry.Host}/acme\ncache: {{ registry: true }}\npublish_tags: [\"{{version}}\"]\nimages:\n  @-one: one\n  @-two: two\n")
            .Write("one/Dockerfile", $"FROM {Base}\nCOPY data $FOLDER/\nCOPY --from={Tools} /tool /tool\n").Write("one/onbuild", "x").Write("one/data", "y").Write("one/other", "z")
            .Write("two/Dockerfile", "FROM @-one\nUSER root\nRUN date > /two\n");
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _fixture.Repository.RunAsync("clean");
        foreach (var image in new[] { Base, Tools })
        {
            await _fixture.Repository.DockerOnAsync(Agent, "image", "rm", "--force", image);
        }

        if (_network is not null)
        {
            await _network.DisposeAsync();
            _network = null;
        }

        await _fixture.DisposeAsync();
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_plan_by_the_registry_alone_has_the_keys_of_one_after_a_pull_and_pulls_nothing(bool isLocked)
    {
        var repository = _fixture.Repository;
        if (isLocked)
        {
            Assert.That((await repository.RunAsync("lock")).Text, Does.Contain("locked " + Told(Base)));
        }

        var pushed = await repository.RunAsync("push", "--build", "--version", "1.0.0");
        var built = Keys(await repository.RunAsync("plan", "--json"));
        _network = _fixture.BecomeAgent(Agent);
        await HasNothingAsync();

        var afar = await repository.RunAsync("plan", "--json");
        var sent = _network.Sent;
        await PullAsync();
        var near = await repository.RunAsync("plan", "--json");
        var noTrigger = await repository.Write("one/onbuild", "changed").RunAsync("plan", "--json");
        var unused = await repository.Write("one/onbuild", "x").Write("one/other", "changed").RunAsync("plan", "--json");

        Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
        Assert.That(sent, Is.Zero, "the engine spoke to a registry");
        Assert.That(Keys(afar), Has.Count.EqualTo(2), afar.ToString());
        Assert.That(Keys(afar), Is.EqualTo(built), afar.ToString());
        Assert.That(Keys(near), Is.EqualTo(built), near.ToString());
        Assert.That(Actions(afar), Is.EqualTo(new[] { "pull", "pull" }), afar.ToString());
        Assert.That(Keys(noTrigger)[0], Is.Not.EqualTo(built[0]), "the trigger of a base takes a file");
        Assert.That(Keys(unused), Is.EqualTo(built), "nothing takes the file");
    }

    [Test]
    public async Task What_is_pulled_needs_no_base_and_what_is_built_pulls_its_own()
    {
        var repository = _fixture.Repository;
        await repository.RunAsync("push", "--build", "--version", "1.0.0");
        _network = _fixture.BecomeAgent(Agent);
        await HasNothingAsync();

        var pulled = await repository.RunAsync("build");
        var none = await ImagesAsync();
        repository.Write("one/data", "changed");
        var changed = await repository.RunAsync("build");
        var here = await ImagesAsync();
        var again = await repository.RunAsync("build");

        Assert.That(pulled.Text, Does.Contain("2 images: 2 pulled").And.Not.Contain("pulling " + Told(Base)), pulled.ToString());
        Assert.That(none, Does.Not.Contain(Base).And.Not.Contain(Tools));
        Assert.That(changed.Built, Is.EqualTo(new[] { "one", "two" }), changed.ToString());
        Assert.That(changed.Text, Does.Contain("pulling " + Told(Base)).And.Contain("pulling " + Told(Tools)), changed.ToString());
        Assert.That(here, Does.Contain(Base).And.Contain(Tools), "as after a build that knew no registry");
        Assert.That(again.Text, Does.Contain("2 images: 2 up-to-date"), again.ToString());
    }

    [Test]
    public async Task What_cannot_be_pulled_after_all_is_built_on_the_very_base_that_was_planned_with()
    {
        var repository = _fixture.Repository;
        await repository.RunAsync("push", "--build", "--version", "1.0.0");
        _network = _fixture.BecomeAgent(Agent);
        await HasNothingAsync();
        // What the registry has of a layer is not what it was; its manifest is.
        var key = (await _fixture.TagsAsync("one")).Single(tag => tag.StartsWith("key-", StringComparison.Ordinal));
        await _fixture.SpoilTopLayerAsync("one", key);

        var built = await repository.RunAsync("build");
        var again = await repository.RunAsync("build");

        Assert.That(built.ExitCode, Is.Zero, built.ToString());
        Assert.That(built.Text, Does.Contain("warning ORC4021").And.Contain("pulling " + Told(Base)), built.ToString());
        Assert.That(built.Built, Is.EqualTo(new[] { "one", "two" }), built.ToString());
        Assert.That(again.Text, Does.Contain("2 up-to-date"), again.ToString());
    }

    [Test]
    public async Task A_tag_that_moves_is_seen_without_a_pull()
    {
        var repository = _fixture.Repository;
        await repository.RunAsync("push", "--build", "--version", "1.0.0");
        await repository.DockerAsync("tag", Tools, Base);
        await repository.DockerAsync("push", Base);
        _network = _fixture.BecomeAgent(Agent);
        await HasNothingAsync();

        var plan = await repository.RunAsync("plan", "--json");

        Assert.That(Actions(plan), Is.EqualTo(new[] { "build", "build" }), plan.ToString());
        Assert.That(_network.Sent, Is.Zero, "the engine spoke to a registry");
    }

    private async Task PullAsync()
    {
        foreach (var image in new[] { Base, Tools })
        {
            await _fixture.Repository.DockerOnAsync(Agent, "pull", image);
        }

        Assert.That(await ImagesAsync(), Does.Contain(Base).And.Contain(Tools));
    }

    private async Task HasNothingAsync()
    {
        await _fixture.Repository.RunAsync("clean");
        foreach (var image in new[] { Base, Tools })
        {
            await _fixture.Repository.DockerOnAsync(Agent, "image", "rm", "--force", image);
        }

        Assert.That(await ImagesAsync(), Does.Not.Contain(_fixture.Repository.Prefix));
    }

    /// <summary>As the command's output is given here.</summary>
    private string Told(string image) => image.Replace(_fixture.Repository.Prefix + "-", "", StringComparison.Ordinal);

    private async Task<string> ImagesAsync() => string.Join('\n', await _fixture.Repository.ImageNamesAsync(Agent));

    private static List<string> Keys(Repository.Outcome plan) => [.. Regex.Matches(plan.Text, "\"key\": \"([0-9a-f]{64})\"").Select(match => match.Groups[1].Value)];

    private static List<string> Actions(Repository.Outcome plan) => [.. Regex.Matches(plan.Text, "\"action\": \"([a-z-]+)\"").Select(match => match.Groups[1].Value)];
}
