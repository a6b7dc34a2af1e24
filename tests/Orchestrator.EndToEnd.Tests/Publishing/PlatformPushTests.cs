using System.Formats.Tar;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>An index travels whole: to the registry, to another one, and back to an engine that has nothing.</summary>
[Category("Engine")]
internal sealed class PlatformPushTests
{
    private PublishFixture _fixture = null!;

    private static string Engine => TestEngines.Labels.FirstOrDefault(label => label == "containerd") ?? TestEngines.Labels.First();

    [SetUp]
    public async Task PublishAsync()
    {
        _fixture = await PublishFixture.OpenAsync(Engine);
        var repository = _fixture.WriteServices("\"{version}\"");
        repository.Variables["ORCHESTRATOR_REGISTRY_TIMEOUT"] = "60";
        repository.Write("images.yml", File.ReadAllText(Path.Join(repository.Root, "images.yml")) + "cache: { registry: true }\ndefaults: { platforms: [arm64, amd64] }\n")
            .Write("base/Dockerfile", "FROM scratch\nARG TARGETARCH\nCOPY data /data-$TARGETARCH\n")
            .Write("left/Dockerfile", "FROM @-base\nENV SIDE=left\n")
            .Write("right/Dockerfile", "FROM @-base\nENV SIDE=right\n");
        var published = await repository.RunAsync("push", "--build", "--version", "1.0.0", "--manifest", "release.json");
        Assert.That(published.ExitCode, Is.Zero, published.ToString());
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _fixture.Repository.RunAsync("clean");
        await _fixture.DisposeAsync();
    }

    [Test]
    public async Task The_registry_has_the_engine_s_index_with_both_platforms()
    {
        var repository = _fixture.Repository;
        await using var other = await TestRegistry.StartAsync();

        var again = await repository.RunAsync("push", "--version", "1.0.0");
        var promoted = await repository.RunAsync("promote", "release.json", other.Host + "/stable", "--manifest", "stable.json");
        var verified = await repository.RunAsync("verify", "stable.json");
        PublishFixture.LoseManifest(other, $"stable/{repository.Prefix}-left", (await _fixture.ManifestAsync("left", "1.0.0")).Manifests[0].Digest);
        var differs = await repository.RunAsync("verify", "stable.json");
        var completed = await repository.RunAsync("promote", "release.json", other.Host + "/stable");
        var complete = await repository.RunAsync("verify", "stable.json");

        var id = await repository.DockerAsync("image", "inspect", "--format", "{{.Id}}", "@-left");
        var digest = await _fixture.DigestAsync("left", "1.0.0");
        Assert.That(digest, Is.EqualTo(id));
        Assert.That(await _fixture.PlatformsAsync("left", "1.0.0"), Is.EqualTo(new[] { "linux/amd64", "linux/arm64" }));
        Assert.That(again.Text, Does.Contain("0 pushed, 3 present"), again.ToString());
        Assert.That(promoted.Text, Does.Contain("3 images promoted: 3 copied"), promoted.ToString());
        Assert.That(verified.ExitCode, Is.Zero, verified.ToString());
        Assert.That(File.ReadAllText(Path.Join(repository.Root, "stable.json")), Does.Contain(digest), "the very same index");
        Assert.That((differs.ExitCode, completed.ExitCode, complete.ExitCode), Is.EqualTo((1, 0, 0)), $"{differs}\n{completed}\n{complete}");
    }

    [Test]
    public async Task An_empty_engine_pulls_every_platform_and_builds_on_them()
    {
        var repository = _fixture.Repository;
        await repository.RunAsync("clean");

        var pulled = await repository.RunAsync("build");
        var nothing = await repository.RunAsync("build");
        repository.Write("left/Dockerfile", "FROM @-base\nENV SIDE=other\n");
        var built = await repository.RunAsync("build");

        Assert.That(pulled.Text, Does.Contain("3 images: 3 pulled"), pulled.ToString());
        Assert.That(nothing.Text, Does.Contain("3 images: 3 up-to-date"), nothing.ToString());
        Assert.That(built.Built, Is.EqualTo(new[] { "left" }), built.ToString());
        Assert.That(await repository.DockerAsync("image", "inspect", "--platform", "linux/arm64", "--format", "{{.Architecture}} {{json .Config.Env}}", "@-left"), Does.StartWith("arm64 ").And.Contain("SIDE=other"));
    }

    [Test]
    public async Task A_version_that_has_one_platform_only_is_completed()
    {
        var repository = _fixture.Repository;
        var whole = await _fixture.DigestAsync("left", "1.0.0");
        await _fixture.NarrowAsync("left", "1.0.0", "linux/amd64");
        var narrow = await _fixture.PlatformsAsync("left", "1.0.0");

        var shown = await repository.RunAsync("push", "--version", "1.0.0", "--dry-run");
        var pushed = await repository.RunAsync("push", "--version", "1.0.0");

        Assert.That(narrow, Is.EqualTo(new[] { "linux/amd64" }));
        Assert.That(shown.Text, Does.Contain($"  move     {_fixture.Registry.Host}/acme/left:1.0.0, for what is published is not all of the image"), shown.ToString());
        Assert.That(pushed.Text, Does.Contain($"  moved    {_fixture.Registry.Host}/acme/left:1.0.0, for what is published is not all of the image"), pushed.ToString());
        Assert.That(await _fixture.DigestAsync("left", "1.0.0"), Is.EqualTo(whole));
    }

    [TestCase("linux/arm64")]
    [TestCase("linux/arm64 linux/amd64")]
    public async Task An_index_whose_platforms_the_registry_lost_is_told_and_pushed_again(string lost)
    {
        var repository = _fixture.Repository;
        foreach (var child in (await _fixture.ManifestAsync("left", "1.0.0")).Manifests.Where(child => lost.Split(' ').Contains(child.Platform)))
        {
            PublishFixture.LoseManifest(_fixture.Registry, _fixture.Name("left"), child.Digest);
        }

        var differs = await repository.RunAsync("verify", "release.json");
        var shown = await repository.RunAsync("push", "--version", "1.0.0", "--dry-run");
        var pushed = await repository.RunAsync("push", "--version", "1.0.0", "--manifest", "again.json");
        var verified = await repository.RunAsync("verify", "again.json");

        Assert.That(differs.Text.Split("ORC4016").Length - 1, Is.EqualTo(lost.Split(' ').Length), differs.ToString());
        Assert.That(differs.Text, Does.Contain(", which its index names, is not there"), differs.ToString());
        Assert.That(shown.Text, Does.Contain("push       left as ").And.Contain("left:1.0.0, for what is published is not all of the image").And.Contain("present    right as "), shown.ToString());
        Assert.That(pushed.Text, Does.Contain("3 images published: 1 pushed, 2 present"), pushed.ToString());
        Assert.That(verified.ExitCode, Is.Zero, verified.ToString());
        Assert.That(File.ReadAllText(Path.Join(repository.Root, "again.json")), Is.EqualTo(File.ReadAllText(Path.Join(repository.Root, "release.json"))));
    }

    [TestCase("linux/arm64")]
    [TestCase("linux/arm64 linux/amd64")]
    public async Task A_version_whose_platforms_the_registry_lost_is_another_build_of_its_key_from_then_on_where_only_that_is_left(string lost)
    {
        var repository = _fixture.Repository;
        var before = await _fixture.ManifestAsync("left", "1.0.0");
        foreach (var child in before.Manifests.Where(child => lost.Split(' ').Contains(child.Platform)))
        {
            PublishFixture.LoseManifest(_fixture.Registry, _fixture.Name("left"), child.Digest);
        }

        await repository.RunAsync("build", "--no-cache", repository.Prefix + "-left");
        var pushed = await repository.RunAsync("push", "--version", "1.0.0", "--manifest", "again.json");
        var verified = await repository.RunAsync("verify", "again.json");

        Assert.That((pushed.ExitCode, verified.ExitCode), Is.EqualTo((0, 0)), pushed.ToString() + verified);
        Assert.That(pushed.Text, Does.Contain($"  moved    {_fixture.Registry.Host}/acme/left:1.0.0, for what is published is not all of the image"), pushed.ToString());
        Assert.That(await _fixture.DigestAsync("left", "1.0.0"), Is.Not.EqualTo(before.Digest.ToString()), "the build was the same to the byte");
    }

    [Test]
    public async Task A_tag_that_a_higher_version_should_have_is_told_where_that_one_cannot_be_read()
    {
        var repository = _fixture.Repository;
        var graph = await File.ReadAllTextAsync(Path.Join(repository.Root, "images.yml"));
        repository.Write("images.yml", graph.Replace("publish_tags: [", "publish_tags: [latest, ", StringComparison.Ordinal));
        await repository.RunAsync("push", "--version", "1.0.0");
        repository.Write("left/Dockerfile", "FROM @-base\nENV SIDE=other\n");
        await repository.RunAsync("push", "--build", "--version", "1.1.0");
        PublishFixture.LoseManifest(_fixture.Registry, _fixture.Name("left"), (await _fixture.ManifestAsync("left", "1.1.0")).Manifests[0].Digest);
        await _fixture.MoveAsync("left", "latest", "left", "1.0.0");
        repository.Write("left/Dockerfile", "FROM @-base\nENV SIDE=left\n");

        await repository.RunAsync("build");

        var shown = await repository.RunAsync("push", "--dry-run", "--version", "1.0.0");
        var pushed = await repository.RunAsync("push", "--version", "1.0.0");

        Assert.That((shown.ExitCode, pushed.ExitCode), Is.EqualTo((0, 0)), $"{shown}{pushed}");
        Assert.That(shown.Text, Does.Contain("warning ORC4027:").And.Contain($"  keep     {_fixture.Registry.Host}/acme/left:latest\n"), shown.ToString());
        Assert.That(pushed.Text, Does.Contain($"warning ORC4027: '{_fixture.Registry.Host}/acme/left:latest' stays with a lower version although 1.1.0 is published, for '{_fixture.Registry.Host}/acme/left:1.1.0' cannot be read."), pushed.ToString());
    }

    [Test]
    public async Task A_version_of_which_nothing_can_be_read_is_not_written_over()
    {
        var repository = _fixture.Repository;
        await _fixture.NarrowAsync("left", "1.0.0", "linux/amd64");
        PublishFixture.LoseManifest(_fixture.Registry, _fixture.Name("left"), (await _fixture.ManifestAsync("left", "1.0.0")).Manifests[0].Digest);

        var pushed = await repository.RunAsync("push", "--version", "1.0.0");

        Assert.That(pushed.ExitCode, Is.EqualTo(1), pushed.ToString());
        Assert.That(pushed.Text, Does.Contain("error ORC4006").And.Contain("no key that can be read, for it lost sha256:").And.Not.Contain("pushing"), pushed.ToString());
    }

    [Test]
    public async Task An_external_image_that_is_here_for_another_platform_alone_is_pulled_for_the_engine_s_own()
    {
        var repository = _fixture.Repository;
        var external = $"{_fixture.Registry.Host}/{_fixture.Name("outside")}";
        foreach (var architecture in (string[])["amd64", "arm64"])
        {
            repository.Write($"outside-{architecture}/word", $"{architecture} @");
            await TarFile.CreateFromDirectoryAsync(Path.Join(repository.Root, $"outside-{architecture}"), Path.Join(repository.Root, architecture + ".tar"), includeBaseDirectory: false);
            await repository.DockerAsync("import", "--platform", "linux/" + architecture, architecture + ".tar", $"{external}:{architecture}");
            await repository.DockerAsync("push", $"{external}:{architecture}");
            await repository.DockerAsync("image", "rm", $"{external}:{architecture}");
        }

        await _fixture.IndexAsync("outside", "1", "amd64", "arm64");
        await repository.DockerAsync("pull", "--platform", "linux/arm64", external + ":1");
        var shown = await repository.DockerAsync("image", "inspect", "--format", "{{.Architecture}}", external + ":1");
        repository.Write("images.yml", "name: @\nimages:\n  @-app: app\n").Write("app/Dockerfile", $"FROM {external}:1\nENV A=1\n");

        var plan = await repository.RunAsync("plan");
        var built = await repository.RunAsync("build");
        var again = await repository.RunAsync("build");

        Assert.That(shown, Is.EqualTo("arm64"));
        Assert.That(plan.Text, Does.Contain("build"), plan.ToString());
        Assert.That(built.Text, Does.Contain("pulling "), built.ToString());
        Assert.That(built.Built, Is.EqualTo(new[] { "app" }), built.ToString());
        Assert.That(again.Text, Does.Contain("1 up-to-date"), again.ToString());
        Assert.That(await repository.DockerAsync("image", "inspect", "--format", "{{.Architecture}}", "@-app"), Is.EqualTo("amd64"));
    }

    [Test]
    public async Task Each_platform_is_attested_in_an_annotated_index()
    {
        var repository = _fixture.Repository;
        repository.Write("images.yml", File.ReadAllText(Path.Join(repository.Root, "images.yml"))
            .Replace("platforms: [arm64, amd64]", "platforms: [arm64, amd64], provenance: true, annotations: { 'index:org.example.note': both }", StringComparison.Ordinal));

        var published = await repository.RunAsync("push", "--build", "--version", "1.1.0");
        var nothing = await repository.RunAsync("build");

        var index = await _fixture.ManifestAsync("left", "1.1.0");
        var images = index.Manifests.Where(child => !child.IsAttestation).ToList();
        Assert.That(published.ExitCode, Is.Zero, published.ToString());
        Assert.That(images.Select(child => child.Platform), Is.EquivalentTo(new[] { "linux/amd64", "linux/arm64" }));
        Assert.That(index.Manifests.Where(child => child.IsAttestation).Select(child => child.About), Is.EquivalentTo(images.Select(child => child.Digest.ToString())));
        Assert.That(System.Text.Encoding.UTF8.GetString(index.Content.Span), Does.Contain("\"org.example.note\""));
        Assert.That(nothing.Text, Does.Contain("3 images: 3 up-to-date"), nothing.ToString());
    }
}
