using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>Attestations of how images were built: they say times, and yet nothing is built because of them; they go wherever the image goes.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class ProvenanceTests(string engine)
{
    private const string Canary = "canary-2c1f0b";

    private PublishFixture _fixture = null!;

    private bool IsContainerd => engine == "containerd";

    [SetUp]
    public async Task OpenAsync() => _fixture = await PublishFixture.OpenAsync(engine);

    [TearDown]
    public async Task CloseAsync()
    {
        await _fixture.Repository.RunAsync("clean");
        await _fixture.DisposeAsync();
    }

    [Test]
    public async Task A_store_that_cannot_keep_it_says_so_once_and_before_anything_is_built()
    {
        var repository = Write("true");

        var built = await repository.RunAsync("build");

        Assert.That(built.ExitCode, Is.EqualTo(IsContainerd ? 0 : 1), built.ToString());
        Assert.That(built.Text, IsContainerd ? Does.Contain("2 built") : Does.Contain("images.yml(5,25): error ORC1047").And.Not.Contain("building"), built.ToString());
        Assert.That(built.Text.Split("ORC1047").Length - 1, Is.EqualTo(IsContainerd ? 0 : 1), built.ToString());
    }

    [Test]
    public async Task None_is_none_on_every_store()
    {
        var built = await Write("false").RunAsync("build");

        Assert.That(built.Text, Does.Contain("2 built"), built.ToString());
    }

    [Test]
    public async Task A_base_that_is_built_again_with_equal_content_leaves_what_is_built_on_it_alone()
    {
        Only();
        var repository = Write("true");
        await repository.RunAsync("build");
        var before = await IdAsync("base");

        var base_ = await repository.RunAsync("build", repository.Prefix + "-base", "--no-cache");
        var after = await IdAsync("base");
        var all = await repository.RunAsync("build");

        Assert.That(base_.Built, Is.EqualTo(new[] { "base" }), base_.ToString());
        Assert.That(after, Is.Not.EqualTo(before), "the provenance has other times, so its index has another digest");
        Assert.That(all.Text, Does.Contain("2 images: 2 up-to-date"), all.ToString());
    }

    [Test]
    public async Task It_is_in_the_registry_after_a_push_and_after_a_promotion_and_an_empty_engine_builds_nothing()
    {
        Only();
        var repository = Write("true");
        var pushed = await repository.RunAsync("push", "--build", "--version", "1.0.0", "--manifest", "release.json");
        await using var other = await TestRegistry.StartAsync();

        var promoted = await repository.RunAsync("promote", "release.json", other.Host + "/stable");
        var here = await Statements.OfAsync(_fixture.Registry.Host, _fixture.Name("app"), "1.0.0");
        var there = await Statements.OfAsync(other.Host, $"stable/{repository.Prefix}-app", "1.0.0");
        await repository.RunAsync("clean");
        _fixture.BecomeAgentApart(TestEngines.Host(engine));
        var pulled = await repository.RunAsync("build");
        var again = await repository.RunAsync("build");
        var next = await repository.RunAsync("push", "--version", "1.0.1");
        await using var network = EngineNetwork.Open(TestEngines.Host(engine), other.Port);
        var elsewhere = await Write("true", other.Host).RunAsync("push", "--version", "1.0.2");

        Assert.That((pushed.ExitCode, promoted.ExitCode), Is.EqualTo((0, 0)), $"{pushed}{promoted}");
        Assert.That(here, Has.Count.EqualTo(1).And.One.Contains("https://slsa.dev/provenance/"));
        Assert.That(there, Is.EqualTo(here));
        Assert.That(pulled.Text, Does.Contain("2 images: 2 pulled"), pulled.ToString());
        Assert.That(again.Text, Does.Contain("2 images: 2 up-to-date"), again.ToString());
        Assert.That(next.Text, Does.Contain("0 pushed, 2 present"), next.ToString());
        Assert.That(await Statements.OfAsync(_fixture.Registry.Host, _fixture.Name("app"), "1.0.1"), Is.EqualTo(here));
        Assert.That(elsewhere.ExitCode, Is.EqualTo(1), elsewhere.ToString());
        Assert.That(elsewhere.Text, Does.Contain("error ORC4018"), "the engine has only pulled it, and pulled it without: " + elsewhere);
        Assert.That(Directory.Exists(Path.Join(other.Storage, "docker/registry/v2/repositories", _fixture.Name("app"))), Is.False);
    }

    [Test]
    public async Task The_largest_one_tells_arguments_and_no_secret()
    {
        Only();
        var repository = Write("mode=max");
        repository.Write("app/Dockerfile", "FROM @-base\nARG TOLD\nRUN --mount=type=secret,id=key,required=true wc -c < /run/secrets/key > /size\n");
        repository.Variables["CANARY"] = Canary;

        var pushed = await repository.RunAsync("push", "--build", "--version", "1.0.0");
        var statement = (await Statements.OfAsync(_fixture.Registry.Host, _fixture.Name("app"), "1.0.0")).Single();
        var smaller = await Write("mode=min").RunAsync("push", "--build", "--version", "1.1.0");
        var small = (await Statements.OfAsync(_fixture.Registry.Host, _fixture.Name("app"), "1.1.0")).Single();

        Assert.That((pushed.ExitCode, smaller.ExitCode), Is.EqualTo((0, 0)), $"{pushed}{smaller}");
        Assert.That(statement, Does.Contain("told-to-everybody").And.Contain("\"key\"").And.Not.Contain(Canary));
        Assert.That(small, Does.Not.Contain("told-to-everybody").And.Not.Contain(Canary));
    }

    [Test]
    public async Task The_password_of_a_proxy_is_not_attested()
    {
        Only();
        var repository = Write("mode=max");
        _fixture.Configure("""{ "proxies": { "default": { "httpProxy": "http://me:canary@proxy.example:1" } } }""");

        var refused = await repository.RunAsync("build");
        var built = await Write("mode=min").RunAsync("push", "--build", "--version", "1.0.0");

        Assert.That(refused.Text, Does.Contain("images.yml(5,25): error ORC1048").And.Contain("HTTP_PROXY").And.Not.Contain("canary"), refused.ToString());
        Assert.That(built.ExitCode, Is.Zero, built.ToString());
        Assert.That(await Statements.OfAsync(_fixture.Registry.Host, _fixture.Name("app"), "1.0.0"), Has.None.Contains("canary"));
    }

    private void Only()
    {
        if (!IsContainerd)
        {
            Assert.Ignore("the other store refuses it, which has a test of its own");
        }
    }

    private Task<string> IdAsync(string image) => _fixture.Repository.DockerAsync("image", "inspect", "--format", "{{.Id}}", "@-" + image);

    private Repository Write(string provenance, string? registry = null) => _fixture.Repository
        .Write("images.yml", $$"""
            name: @
            registry: {{registry ?? _fixture.Registry.Host}}/acme
            publish_tags: ["{version}"]
            cache: { registry: true }
            defaults: { provenance: {{provenance}} }
            images:
              @-base: base
              @-app:
                context: app
                args: { TOLD: told-to-everybody }
                secrets: [{ id: key, env: CANARY }]

            """)
        // Of no other test: the builder would take that one's file, with its time, for the same.
        .Write("base/Dockerfile", "FROM local/busybox\nCOPY data /data\n").Write("base/data", "@")
        .Write("app/Dockerfile", "FROM @-base\nCOPY data /more\n").Write("app/data", "2");
}
