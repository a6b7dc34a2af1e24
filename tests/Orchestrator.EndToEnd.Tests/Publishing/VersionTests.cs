using Orchestrator.Publishing;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>A version that is published once more, when what the registry has for its key became something else meanwhile.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class VersionTests(string engine)
{
    private PublishFixture _fixture = null!;

    [SetUp]
    public async Task PublishAsync()
    {
        _fixture = await PublishFixture.OpenAsync(engine);
        var published = await _fixture.WriteServices("\"{version}\", \"{major}.{minor}\", latest, \"k-{key}\"")
            // No two builds of it are alike.
            .Write("left/Dockerfile", "FROM @-base\nRUN cat /proc/sys/kernel/random/uuid > /build\n")
            .RunAsync("push", "--build", "--version", "1.4.0", "--manifest", "first.json");
        Assert.That(published.ExitCode, Is.Zero, published.ToString());
    }

    [TearDown]
    public async Task CloseAsync() => await _fixture.DisposeAsync();

    [Test]
    public async Task A_version_stays_the_build_that_it_was_and_its_other_tags_its_record_and_new_repositories_get_that_build()
    {
        var repository = _fixture.Repository;
        var first = await _fixture.DigestAsync("left", "1.4.0");
        await repository.RunAsync("build", "--no-cache", $"{repository.Prefix}-left");
        var key = _fixture.LoseKeyTag("left");
        var graph = await File.ReadAllTextAsync(Path.Join(repository.Root, "images.yml"));
        repository.Write("images.yml", graph.Replace("-left: left", $"-left: {{ context: left, tags: [ @-left, {_fixture.Registry.Host}/more/@-left ] }}", StringComparison.Ordinal));

        var shown = await repository.RunAsync("push", "--version", "1.4.0", "--dry-run");
        var pushed = await repository.RunAsync("push", "--version", "1.4.0", "--manifest", "again.json");
        var verified = await repository.RunAsync("verify", "again.json");
        var promoted = await repository.RunAsync("promote", "again.json", $"{_fixture.Registry.Host}/stable");

        Assert.That(shown.Text, Does.Contain("push       left as ").And.Not.Contain("  move").And.Contain($"  keep     {_fixture.Registry.Host}/acme/left:1.4\n"), shown.ToString());
        Assert.That(pushed.Text, Does.Contain("3 images published: 1 pushed, 2 present; 16 tags: 4 written, 12 unchanged"), pushed.ToString());
        Assert.That(await _fixture.DigestAsync("left", key), Is.Not.EqualTo(first).And.Not.Null, "the key tag got the new build");
        foreach (var tag in new[] { "1.4.0", "1.4", "latest", "k-" + key["key-".Length..][..12] })
        {
            Assert.That(await _fixture.DigestAsync("left", tag), Is.EqualTo(first), tag);
            Assert.That(await _fixture.DigestOfAsync($"more/{repository.Prefix}-left", tag), Is.EqualTo(first), tag);
        }

        Assert.That((verified.ExitCode, promoted.ExitCode), Is.EqualTo((0, 0)), verified + "\n" + promoted);
    }

    [Test]
    public async Task The_record_tells_no_digest_of_a_base_that_an_image_was_not_built_on()
    {
        var repository = _fixture.Repository;
        repository.Write("base/Dockerfile", "FROM local/busybox\nRUN cat /proc/sys/kernel/random/uuid > /build\n");
        var first = await repository.RunAsync("push", "--build", "--version", "1.5.0", "--manifest", "first.json");
        _fixture.LoseKeyTag("base", (await _fixture.KeyAsync("base", "1.5.0"))!);
        await repository.RunAsync("build", "--no-cache", $"{repository.Prefix}-base");

        var pushed = await repository.RunAsync("push", "--build", "--version", "1.6.0", "--manifest", "second.json");

        Assert.That((first.ExitCode, pushed.ExitCode), Is.EqualTo((0, 0)), $"{first}{pushed}");
        Assert.That(await BaseOfLeftAsync("first.json"), Is.EqualTo(await _fixture.DigestAsync("base", "1.5.0")), "what is known");
        Assert.That(await _fixture.DigestAsync("base", "1.6.0"), Is.Not.EqualTo(await _fixture.DigestAsync("base", "1.5.0")), "the base was not built again");
        Assert.That(await _fixture.DigestAsync("left", "1.6.0"), Is.EqualTo(await _fixture.DigestAsync("left", "1.5.0")), "left was not what the registry had");
        Assert.That(await BaseOfLeftAsync("second.json"), Is.Null);
    }

    private async Task<string?> BaseOfLeftAsync(string file)
    {
        var manifest = ReleaseManifest.Parse(await File.ReadAllTextAsync(Path.Join(_fixture.Repository.Root, file)));
        return manifest.Images.Single(image => image.Image.EndsWith("-left", StringComparison.Ordinal)).Bases.Single(one => one.Image is not null).Digest;
    }
}
