using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>A registry lost all that an index names, so that nothing tells any more which image it was; the engine has another build of that.</summary>
[Category("Engine")]
internal sealed class LostIndexTests : SimultaneousFixture
{
    private string _lost = "";

    protected override string Engine => TestEngines.Labels.FirstOrDefault(label => label == "containerd") ?? TestEngines.Labels.First();

    [SetUp]
    public async Task PublishAsync()
    {
        Repository.Write("images.yml", File.ReadAllText(Path.Join(Repository.Root, "images.yml")) + "defaults: { platforms: [arm64, amd64] }\n")
            .Write("base/Dockerfile", "FROM scratch\nCOPY data /data\n")
            .Write("left/Dockerfile", "FROM @-base\nENV SIDE=left\n")
            .Write("right/Dockerfile", "FROM @-base\nENV SIDE=right\n");
        foreach (var version in (string[])["1.0.0", "1.1.0"])
        {
            var published = await Repository.RunAsync("push", "--build", "--version", version);
            Assert.That(published.ExitCode, Is.Zero, published.ToString());
        }

        _lost = await LoseAsync("1.0.0");
    }

    [Test]
    public async Task A_push_that_died_after_the_key_tag_and_before_the_version_is_completed()
    {
        var push = Repository.Start("push", "--version", "1.0.0");
        Proxy.Fault = async context =>
        {
            if (!IsWrite(context, "left", "1.0.0"))
            {
                return false;
            }

            push.Kill();
            await FaultyProxy.Drop(context);
            return true;
        };
        var died = await Repository.EndAsync(push);
        Proxy.Fault = _ => Task.FromResult(false);
        var (key, version) = (await Fixture.DigestAsync("left", await KeyTagAsync()), await Fixture.DigestAsync("left", "1.0.0"));

        var shown = await Repository.RunAsync("push", "--version", "1.0.0", "--dry-run");
        var completed = await Repository.RunAsync("push", "--version", "1.0.0", "--manifest", "again.json");
        var verified = await Repository.RunAsync("verify", "again.json");

        Assert.That((died.ExitCode, key, version), Is.EqualTo((137, await ImageIdAsync(), _lost)), died.ToString());
        Assert.That(shown.Text, Does.Contain("present    left as ").And.Contain($"  move     {Proxy.Host}/acme/left:1.0.0, for what is published is not all of the image"), shown.ToString());
        Assert.That((completed.ExitCode, verified.ExitCode), Is.EqualTo((0, 0)), $"{completed}{verified}");
        Assert.That(await Fixture.DigestAsync("left", "1.0.0"), Is.EqualTo(key), completed.ToString());
    }

    [Test]
    public async Task Every_version_that_stood_for_it_can_be_published_again()
    {
        var first = await Repository.RunAsync("push", "--version", "1.0.0");
        var second = await Repository.RunAsync("push", "--version", "1.1.0");

        Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), $"{first}{second}");
        Assert.That(await Fixture.DigestAsync("left", "1.1.0"), Is.EqualTo(await Fixture.DigestAsync("left", "1.0.0")).And.Not.EqualTo(_lost));
    }

    [TestCase("push", "--version", "1.2.0")]
    [TestCase("build", "--output", "registry")]
    public async Task What_it_was_is_remembered_by_a_run_that_is_not_about_its_versions(params string[] run)
    {
        Repository.Write("images.yml", File.ReadAllText(Path.Join(Repository.Root, "images.yml")) + "cache: { registry: true }\n");

        var first = await Repository.RunAsync(run);
        var key = await Fixture.DigestAsync("left", await KeyTagAsync());
        var second = await Repository.RunAsync("push", "--version", "1.0.0");

        Assert.That(key, Is.EqualTo(await ImageIdAsync()).And.Not.EqualTo(_lost), first.ToString());
        Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), $"{first}{second}");
        Assert.That(await Fixture.DigestAsync("left", "1.0.0"), Is.EqualTo(key), second.ToString());
    }

    [TestCase("1.1.0")]
    [TestCase("1.0.0", "1.1.0")]
    public async Task What_took_its_place_may_be_lost_as_well(params string[] versions)
    {
        await Repository.RunAsync("push", "--version", "1.0.0");
        var again = await LoseAsync("1.0.0");

        foreach (var version in versions)
        {
            var pushed = await Repository.RunAsync("push", "--version", version);
            Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
        }

        Assert.That(await Fixture.DigestAsync("left", "1.1.0"), Is.EqualTo(await ImageIdAsync()).And.Not.EqualTo(_lost).And.Not.EqualTo(again));
    }

    [Test]
    public async Task It_says_nothing_of_another_image()
    {
        await Repository.RunAsync("push", "--version", "1.0.0");
        Repository.Write("left/Dockerfile", "FROM @-base\nENV SIDE=other\n");

        var pushed = await Repository.RunAsync("push", "--build", "--version", "1.1.0");

        Assert.That(pushed.ExitCode, Is.EqualTo(1), pushed.ToString());
        Assert.That(pushed.Text, Does.Contain("error ORC4006").And.Contain("left:1.1.0"), pushed.ToString());
        Assert.That(await Fixture.DigestAsync("left", "1.1.0"), Is.EqualTo(_lost));
    }

    /// <summary>The registry loses what a version's index names, and the engine builds it once more.</summary>
    /// <returns>The digest of the index.</returns>
    private async Task<string> LoseAsync(string version)
    {
        var index = await Fixture.ManifestAsync("left", version);
        foreach (var child in index.Manifests)
        {
            PublishFixture.LoseManifest(Fixture.Registry, Fixture.Name("left"), child.Digest);
        }

        var built = await Repository.RunAsync("build", "--no-cache", Repository.Prefix + "-left");
        Assert.That(built.Built, Does.Contain("left"), built.ToString());
        return index.Digest.ToString();
    }

    private Task<string> ImageIdAsync() => Repository.DockerAsync("image", "inspect", "--format", "{{.Id}}", "@-left");

    private async Task<string> KeyTagAsync() => (await Fixture.TagsAsync("left")).Single(tag => tag.StartsWith("key-", StringComparison.Ordinal));
}
