using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>Promotion of what a real engine pushed, inside a registry and to a second one.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class PromoteTests(string engine)
{
    private PublishFixture _fixture = null!;

    [SetUp]
    public async Task PublishAsync()
    {
        _fixture = await PublishFixture.OpenAsync(engine);
        var published = await _fixture.WriteServices("\"{version}\", \"{major}.{minor}\", latest").RunAsync("push", "--build", "--version", "1.4.0", "--manifest", "release.json");
        Assert.That(published.ExitCode, Is.Zero, published.ToString());
    }

    [TearDown]
    public async Task CloseAsync() => await _fixture.DisposeAsync();

    [Test]
    public async Task A_release_goes_to_another_registry_as_a_whole_and_proves_itself_there()
    {
        await using var other = await TestRegistry.StartAsync();
        var (repository, stable) = (_fixture.Repository, other.Host + "/stable");

        var shown = await repository.RunAsync("promote", "release.json", stable, "--dry-run");
        var missing = await repository.RunAsync("verify", "release.json", "--at", stable);
        var promoted = await repository.RunAsync("promote", "release.json", stable, "--manifest", "stable.json");
        var again = await repository.RunAsync("promote", "release.json", stable);
        var verified = await repository.RunAsync("verify", "stable.json");

        Assert.That(shown.Text, Does.Contain("copy ").And.Contain($"  create   {stable}/left:1.4.0"), shown.ToString());
        Assert.That(missing.ExitCode, Is.EqualTo(1), "the dry run copied something");
        Assert.That(promoted.Text, Does.Contain("3 images promoted: 3 copied, 0 present; 9 tags: 9 written, 0 unchanged"), promoted.ToString());
        Assert.That(again.Text, Does.Contain("3 images promoted: 0 copied, 3 present; 9 tags: 0 written, 9 unchanged"), again.ToString());
        Assert.That(verified.ExitCode, Is.Zero, verified.ToString());
        Assert.That(File.ReadAllText(Path.Join(repository.Root, "stable.json")), Is.EqualTo(
            File.ReadAllText(Path.Join(repository.Root, "release.json")).Replace(_fixture.Registry.Host + "/acme", stable, StringComparison.Ordinal)));
    }

    [Test]
    public async Task An_image_gets_another_name_inside_its_registry()
    {
        var name = _fixture.Registry.Host + "/" + _fixture.Name("left");

        var promoted = await _fixture.Repository.RunAsync("promote", name + ":1.4.0", name + ":production");
        var all = await _fixture.Repository.RunAsync("promote", "release.json", _fixture.Registry.Host + "/acme", "--tag", "tested");
        var missing = await _fixture.Repository.RunAsync("promote", name + ":9.9.9", name + ":production");

        Assert.That(promoted.ExitCode, Is.Zero, promoted.ToString());
        Assert.That(await _fixture.DigestAsync("left", "production"), Is.EqualTo(await _fixture.DigestAsync("left", "1.4.0")));
        Assert.That(all.ExitCode, Is.Zero, all.ToString());
        Assert.That(await _fixture.ReleaseTagsAsync("right"), Is.EqualTo("1.4 1.4.0 latest tested"));
        Assert.That(missing.Text, Does.Contain("ORC4013"), missing.ToString());
    }

    [Test]
    public async Task A_moving_tag_that_its_registry_cannot_read_is_written_anew()
    {
        var repository = _fixture.Repository;
        var next = await repository.RunAsync("push", "--version", "1.5.0", "--manifest", "next.json");
        // So it looks where the registry died while it wrote the tag.
        await File.WriteAllTextAsync(Path.Join(_fixture.Registry.Storage, "docker/registry/v2/repositories", _fixture.Name("left"), "_manifests/tags/latest/current/link"), "");

        var promoted = await repository.RunAsync("promote", "next.json", _fixture.Registry.Host + "/acme");

        Assert.That(next.ExitCode, Is.Zero, next.ToString());
        Assert.That(promoted.ExitCode, Is.Zero, promoted.ToString());
        Assert.That(await _fixture.DigestAsync("left", "latest"), Is.EqualTo(await _fixture.DigestAsync("left", "1.5.0")).And.Not.Null);
    }

    [Test]
    public async Task What_somebody_moved_is_refused()
    {
        await using var other = await TestRegistry.StartAsync();
        var (repository, host) = (_fixture.Repository, _fixture.Registry.Host);
        // A version that means something else in the target.
        await repository.RunAsync("promote", $"{host}/{_fixture.Name("left")}:1.4.0", $"{other.Host}/stable/{repository.Prefix}-right:1.4.0");

        var taken = await repository.RunAsync("promote", "release.json", other.Host + "/stable");
        await _fixture.MoveAsync("right", "1.4.0", "left", "1.4.0");
        var moved = await repository.RunAsync("promote", "release.json", other.Host + "/later");
        var differs = await repository.RunAsync("verify", "release.json");

        Assert.That(taken.ExitCode, Is.EqualTo(1));
        Assert.That(taken.Text, Does.Contain("ORC4014").And.Contain("right:1.4.0"), taken.ToString());
        Assert.That(moved.ExitCode, Is.EqualTo(1));
        Assert.That(moved.Text, Does.Contain("ORC4012"), moved.ToString());
        Assert.That(differs.ExitCode, Is.EqualTo(1));
        Assert.That(differs.Text, Does.Contain("ORC4016").And.Contain("right:1.4.0"), differs.ToString());
    }
}
