using Orchestrator.Publishing;
using Orchestrator.Registry;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>
/// A release from its first commit to a second registry, by two agents that share nothing but git and a registry, and whose engines do not even have
/// the same image store.
/// </summary>
[Category("Engine")]
[TestFixture("overlay2", "containerd")]
[TestFixture("containerd", "overlay2")]
internal sealed class StoryTests(string first, string second)
{
    private static readonly string[] All = ["api", "base", "docs", "jobs", "tools", "web"];

    /// <summary>Those that are built from <c>base</c>; the others are built from <c>tools</c>.</summary>
    private static readonly string[] Affected = ["api", "base", "web"];

    private PublishFixture _fixture = null!;
    private EngineNetwork _network = null!;
    private Repository _clone = null!;

    [SetUp]
    public async Task PublishTheFirstCommitAsync()
    {
        _fixture = await PublishFixture.OpenAsync(first);
        var repository = WriteImages();
        repository.Variables["ORCHESTRATOR_REGISTRY_TIMEOUT"] = "60";
        await repository.CommitAsync();
        await repository.GitAsync("tag", "v1.3.0");
        _network = EngineNetwork.Open(TestEngines.Host(second), _fixture.Registry.Port);
        _clone = await repository.CloneAsync(TestEngines.Host(second));

        var pushed = await repository.RunAsync("push", "--build");

        Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
        Assert.That(pushed.Built, Is.EqualTo(All), pushed.ToString());
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _clone.DisposeAsync();
        await _network.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Test]
    public async Task What_one_agent_built_another_changes_releases_and_promotes_and_only_the_change_is_built()
    {
        await using var other = await TestRegistry.StartAsync();
        var (release, stable) = (Path.Join(_clone.State, "release.json"), Path.Join(_clone.State, "stable.json"));

        var planned = await _clone.RunAsync("plan");
        await _clone.Write("base/data", "changed").CommitAsync();
        var changed = await _clone.RunAsync("build");
        await _clone.GitAsync("tag", "v1.4.0");
        var pushed = await _clone.RunAsync("push", "--build", "--manifest", release);
        var promoted = await _clone.RunAsync("promote", release, other.Host + "/stable", "--manifest", stable);
        var verified = await _clone.RunAsync("verify", stable);
        var after = await _clone.RunAsync("build");
        await _fixture.Repository.GitAsync("pull", "--quiet", "file://" + _clone.Root);
        var back = await _fixture.Repository.RunAsync("build");

        Assert.That(planned.ExitCode, Is.Zero, planned.ToString());
        Assert.That(All.Select(image => Action(planned, image)), Is.All.EqualTo("pull"), planned.ToString());
        Assert.That(changed.Built, Is.EqualTo(Affected), changed.ToString());
        Assert.That(changed.Text, Does.Contain("6 images: ").And.Contain("3 built").And.Contain("3 pulled"), changed.ToString());
        Assert.That(pushed.Built, Is.Empty, pushed.ToString());
        Assert.That(pushed.Text, Does.Contain("6 images published: 3 pushed, 3 present"), pushed.ToString());
        Assert.That(promoted.Text, Does.Contain("6 images promoted: 6 copied, 0 present"), promoted.ToString());
        Assert.That(verified.ExitCode, Is.Zero, verified.ToString());
        Assert.That(after.Text, Does.Contain("6 images: 6 up-to-date"), after.ToString());
        Assert.That(back.Text, Does.Contain("3 up-to-date").And.Contain("3 pulled"), back.ToString());
        await CheckDigestsAsync(ReleaseManifest.Parse(await File.ReadAllTextAsync(release)), other.Host);
    }

    /// <summary>What a plan says of an image.</summary>
    private static string Action(Repository.Outcome plan, string image) =>
        plan.Text.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Single(words => words.Length > 1 && words[0] == image)[1];

    /// <summary>One digest for each image: in the release's manifest, in the first registry and in the second; and the old one where nothing changed.</summary>
    private async Task CheckDigestsAsync(ReleaseManifest release, string other)
    {
        using var there = new RegistryClient(other, new RegistryOptions());
        Assert.That(release.Version, Is.EqualTo("1.4.0"));
        Assert.That(release.Images, Has.Count.EqualTo(All.Length));
        foreach (var image in All)
        {
            var digest = await _fixture.DigestAsync(image, "1.4.0");
            Assert.That(release.Images.Single(released => released.Image.EndsWith("-" + image, StringComparison.Ordinal)).Digest, Is.EqualTo(digest), image);
            foreach (var tag in new[] { "1.4.0", "1.4", "latest" })
            {
                Assert.That((await there.ResolveAsync($"stable/{_fixture.Repository.Prefix}-{image}", tag, CancellationToken.None))?.ToString(), Is.EqualTo(digest), $"{image}:{tag}");
            }

            Assert.That(await _fixture.DigestAsync(image, "1.3.0"), Affected.Contains(image) ? Is.Not.EqualTo(digest) : Is.EqualTo(digest), image);
        }
    }

    /// <summary>Two bases with two services each.</summary>
    private Repository WriteImages()
    {
        var repository = _fixture.Repository.Write("images.yml", $"name: @\nregistry: {_fixture.Registry.Host}/acme\npublish_tags: [\"{{version}}\", \"{{major}}.{{minor}}\", latest]\n"
            + "cache: { registry: true }\nimages:\n" + string.Concat(All.Select(image => $"  @-{image}: {image}\n")));
        foreach (var image in All)
        {
            var from = image is "base" or "tools" ? "local/busybox" : Affected.Contains(image) ? "@-base" : "@-tools";
            repository.Write($"{image}/Dockerfile", $"FROM {from}\nCOPY data /{image}\nRUN cat /{image} > /ran\n").Write($"{image}/data", $"@ {image}");
        }

        return repository;
    }
}
