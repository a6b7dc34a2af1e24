using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>Steps that one engine ran, and another one takes from a registry: <c>cache_to</c> and <c>cache_from</c>.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Labels))]
internal sealed class CacheTests(string engine)
{
    private const string Dockerfile = "FROM local/busybox\nRUN : @; cat /proc/sys/kernel/random/uuid >/random\nCOPY f /f\n";

    private PublishFixture _fixture = null!;

    [SetUp]
    public async Task OpenAsync() => _fixture = await PublishFixture.OpenAsync(engine);

    [TearDown]
    public async Task CloseAsync()
    {
        await _fixture.Repository.RunAsync("clean");
        await _fixture.DisposeAsync();
    }

    [Test]
    public async Task Steps_inside_a_pushed_image_are_taken_by_another_engine()
    {
        var repository = _fixture.Repository;
        var image = $"{_fixture.Registry.Host}/acme/{repository.Prefix}-app";
        Write("cache_to: [type=inline]");
        repository.Write("app/Dockerfile", Dockerfile).Write("app/f", "1");
        var pushed = await repository.RunAsync("push", "--build", "--version", "1.0.0");
        var before = await repository.CatAsync("app", "/random");

        // Steps that one kind of store ran do not match on the other kind, not for buildx either: there it has to do no harm.
        var store = await StoreAsync(TestEngines.Host(engine));
        var others = TestEngines.Labels.Where(label => label != engine).ToList();
        var stores = await Task.WhenAll(others.Select(label => StoreAsync(TestEngines.Host(label))));
        var isSame = stores.Contains(store);
        await using var network = _fixture.BecomeAgent(TestEngines.Host(isSame ? others[Array.IndexOf(stores, store)] : others.FirstOrDefault() ?? engine));
        Write($"cache_from: [{image}:1.0.0]");
        repository.Write("app/f", "2");
        var built = await repository.RunAsync("build");
        var after = await repository.DockerOnAsync(repository.Variables["DOCKER_HOST"], "run", "--rm", "@-app", "cat", "/random", "/f");
        await repository.RunAsync("clean");

        Assert.That((pushed.ExitCode, built.ExitCode), Is.EqualTo((0, 0)), $"{pushed}{built}");
        Assert.That(after, isSame ? Is.EqualTo(before + "\n2") : Does.EndWith("\n2"), built.ToString());
    }

    [Test]
    public async Task A_cache_in_a_registry_is_kept_where_the_store_can_and_refused_before_anything_is_built_where_it_cannot()
    {
        var repository = _fixture.Repository;
        Write($"cache_to: ['type=registry,ref={_fixture.Registry.Host}/acme/cache:1,mode=max']");
        repository.Write("app/Dockerfile", Dockerfile).Write("app/f", "1");

        var built = await repository.RunAsync("build");
        var isContainerd = await StoreAsync(TestEngines.Host(engine)) == "containerd";

        Assert.That(built.ExitCode, Is.EqualTo(isContainerd ? 0 : 1), built.ToString());
        Assert.That(built.Text, isContainerd ? Does.Contain("1 built") : Does.Contain("error ORC1037").And.Not.Contain("building"), built.ToString());
        if (isContainerd)
        {
            Assert.That(await _fixture.TagsOfAsync("acme/cache"), Does.Contain("1"));
        }
    }

    private async Task<string> StoreAsync(string host) =>
        (await _fixture.Repository.DockerOnAsync(host, "info", "--format", "{{.DriverStatus}}")).Contains("io.containerd.snapshotter", StringComparison.Ordinal) ? "containerd" : "graph driver";

    private void Write(string key) =>
        _fixture.Repository.Write("images.yml", $"name: @\nregistry: {_fixture.Registry.Host}/acme\npublish_tags: [\"{{version}}\"]\nimages:\n  @-app:\n    context: app\n    {key}\n");
}
