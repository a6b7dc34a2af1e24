using Microsoft.AspNetCore.Http;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>Releases that others publish between two requests of ours, and releases that broke off.</summary>
[Category("Engine")]
internal sealed class SimultaneousReleaseTests
{
    private PublishFixture _fixture = null!;
    private FaultyProxy _proxy = null!;
    private EngineNetwork _network = null!;

    private Repository Repository => _fixture.Repository;

    [SetUp]
    public async Task OpenAsync()
    {
        var engine = TestEngines.Labels.First();
        _fixture = await PublishFixture.OpenAsync(engine);
        _proxy = await FaultyProxy.StartAsync(_fixture.Registry.Host);
        _network = EngineNetwork.Open(TestEngines.Host(engine), _proxy.Port);
        _fixture.WriteServices();
        Repository.Write("images.yml", File.ReadAllText(Path.Join(Repository.Root, "images.yml")).Replace(_fixture.Registry.Host, _proxy.Host, StringComparison.Ordinal));
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _network.DisposeAsync();
        await _proxy.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Test]
    public async Task A_tag_that_is_handed_over_to_a_higher_version_goes_to_a_still_higher_one_that_came_meanwhile()
    {
        await PublishAsync("1.4.0", "low");
        await PublishAsync("1.5.0", "high");
        await PublishAsync("1.6.0", "highest");
        await RenameAsync("1.5.0", "second");
        await RenameAsync("1.6.0", "third");
        await _fixture.MoveAsync("left", "latest", "right", "latest");
        var writes = 0;
        // 1.5.0 is published, and has latest, right before we write that; 1.6.0 right before we hand it over.
        _proxy.Fault = async context =>
        {
            if (IsWrite(context, "left", "latest"))
            {
                var (tag, name) = ++writes == 1 ? ("1.5.0", "second") : ("1.6.0", "third");
                await _fixture.MoveAsync("left", tag, "left", name);
                await _fixture.MoveAsync("left", "latest", "left", name);
            }

            return false;
        };

        var pushed = await PublishAsync("1.4.0", "low");

        Assert.That(writes, Is.GreaterThan(1), pushed.ToString());
        Assert.That(await _fixture.DigestAsync("left", "latest"), Is.EqualTo(await _fixture.DigestAsync("left", "third")), pushed.ToString());
        Assert.That(pushed.Text, Does.Contain($"  stays    {_proxy.Host}/acme/left, for 1.6.0 is published").And.Not.Contain("ORC4028"), pushed.ToString());
    }

    [Test]
    public async Task A_run_that_was_interrupted_before_it_handed_a_tag_over_is_completed()
    {
        await PublishAsync("1.4.0", "low");
        await PublishAsync("1.5.0", "high");
        await _fixture.MoveAsync("left", "latest", "left", "1.4.0");

        var pushed = await PublishAsync("1.4.0", "low");

        Assert.That(await _fixture.DigestAsync("left", "latest"), Is.EqualTo(await _fixture.DigestAsync("left", "1.5.0")).And.Not.EqualTo(await _fixture.DigestAsync("left", "1.4.0")), pushed.ToString());
    }

    [Test]
    public async Task Of_two_pushes_of_one_version_the_one_that_was_written_over_fails_and_moves_nothing()
    {
        await PublishAsync("1.4.0", "low");
        await RenameAsync("1.4.0", "other");
        Remove("right", "1.4.0");
        var before = await _fixture.DigestAsync("left", "latest");
        // The first image's version is looked at again when all are written.
        _proxy.Fault = async context =>
        {
            if (IsWrite(context, "right", "1.4.0"))
            {
                await WaitForAsync("left", "1.4.0");
                await _fixture.MoveAsync("left", "1.4.0", "left", "other");
            }

            return false;
        };

        var pushed = await RunAsync("1.4.0", "mine");

        Assert.That(pushed.ExitCode, Is.EqualTo(1), pushed.ToString());
        Assert.That(pushed.Text, Does.Contain("error ORC4006").And.Contain("left:1.4.0"), pushed.ToString());
        Assert.That(await _fixture.DigestAsync("left", "latest"), Is.EqualTo(before), pushed.ToString());
        Assert.That(await _fixture.DigestAsync("left", "1.4.0"), Is.EqualTo(before), pushed.ToString());
    }

    [Test]
    public async Task A_tag_that_is_of_two_releases_because_the_higher_one_broke_off_is_told()
    {
        await PublishAsync("1.4.0", "low");
        await PublishAsync("1.6.0", "high");
        foreach (var image in (string[])["base", "right"])
        {
            Remove(image, "1.6.0");
        }

        var pushed = await PublishAsync("1.5.0", "low");

        Assert.That(pushed.Text, Does.Contain($"warning ORC4028: 'latest' does not stand for one release: it stays with a higher version in {_proxy.Host}/acme/left, and is this release in {_proxy.Host}/acme/base, {_proxy.Host}/acme/right."), pushed.ToString());
    }

    private static bool IsWrite(HttpContext context, string image, string tag) =>
        context.Request.Method == "PUT" && context.Request.Path.Value!.EndsWith($"-{image}/manifests/{tag}", StringComparison.Ordinal);

    private async Task<Repository.Outcome> PublishAsync(string version, string content)
    {
        var pushed = await RunAsync(version, content);
        Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
        return pushed;
    }

    private Task<Repository.Outcome> RunAsync(string version, string content) =>
        Repository.Write("left/Dockerfile", $"FROM @-base\nRUN echo {content} > /left\n").RunAsync("push", "--build", "--version", version);

    /// <summary>The version was not published yet; its image is there under another name.</summary>
    private async Task RenameAsync(string version, string name)
    {
        await _fixture.MoveAsync("left", name, "left", version);
        Remove("left", version);
    }

    private void Remove(string image, string tag) =>
        Directory.Delete(Path.Join(_fixture.Registry.Storage, "docker/registry/v2/repositories", _fixture.Name(image), "_manifests/tags", tag), recursive: true);

    private async Task WaitForAsync(string image, string tag)
    {
        while (await _fixture.DigestAsync(image, tag) is null)
        {
            await Task.Delay(10);
        }
    }
}
