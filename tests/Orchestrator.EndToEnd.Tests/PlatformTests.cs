using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>
/// Images for several platforms, on an engine whose store can hold them. The machine emulates nothing: what is built for arm64 is looked into, and never runs.
/// </summary>
[Category("Engine")]
internal sealed class PlatformTests
{
    /// <summary>The head of a program for arm64, which no other processor begins to run.</summary>
    private static readonly byte[] Foreign = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0xb7, 0, 1, 0, 0, 0, .. new byte[104]];

    private Repository _repository = null!;

    [SetUp]
    public void Open()
    {
        _repository = new Repository(TestEngines.Host(TestEngines.Labels.FirstOrDefault(label => label == "containerd") ?? TestEngines.Labels.First()));
        _repository.Write("base/Dockerfile", "FROM scratch\nARG TARGETARCH\nENV FOR=$TARGETARCH\nCOPY word-$TARGETARCH /word\nONBUILD ARG TARGETARCH\nONBUILD COPY own-$TARGETARCH /own\n")
            .Write("base/word-amd64", "amd").Write("base/word-arm64", "arm")
            .Write("app/own-amd64", "own amd").Write("app/own-arm64", "own arm");
    }

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task One_index_has_every_platform_each_on_its_own_base()
    {
        _repository.Write("images.yml", "name: @\ndefaults: { platforms: [linux/arm64/v8, amd64] }\nimages:\n  @-base: base\n  @-tool: { context: tool, platforms: [amd64] }\n  @-app: app\n")
            .Write("tool/Dockerfile", "FROM scratch\nCOPY made /made\n").Write("tool/made", "made")
            .Write("app/Dockerfile", "FROM --platform=$BUILDPLATFORM @-tool AS tool\nFROM @-base\nARG TARGETARCH\nCOPY --from=tool /made /for-$FOR\n");

        var first = await _repository.RunAsync("build");
        var second = await _repository.RunAsync("build");
        var before = (await ReadAsync("app", "amd64", "word"), await ReadAsync("app", "arm64", "word"), await ReadAsync("app", "arm64", "own"), await ReadAsync("app", "arm64", "for-arm64"), await ReadAsync("app", "amd64", "for-amd64"));
        _repository.Write("base/word-arm64", "other");
        var why = await _repository.RunAsync("why", _repository.Prefix + "-base");
        var changed = await _repository.RunAsync("build");

        Assert.That(first.Built, Is.EqualTo(new[] { "app", "base", "tool" }), first.ToString());
        Assert.That(second.Text, Does.Contain("3 images: 3 up-to-date"), second.ToString());
        Assert.That(before, Is.EqualTo(("amd", "arm", "own arm", "made", "made")));
        Assert.That(why.Text, Does.Contain("`word-arm64` changed"), why.ToString());
        Assert.That(changed.Built, Is.EqualTo(new[] { "app", "base" }), changed.ToString());
        Assert.That((await ReadAsync("app", "amd64", "word"), await ReadAsync("app", "arm64", "word")), Is.EqualTo(("amd", "other")));
    }

    [Test]
    public async Task An_image_that_lacks_the_content_of_one_platform_is_not_there()
    {
        // Bytes of its own: what the store loses so, the builder still believes to have, for every image that shares it.
        _repository.Write("images.yml", "name: @\nimages:\n  @-base: { context: base, platforms: [arm64, amd64] }\n").Write("base/word-arm64", "of @");
        await _repository.RunAsync("build");

        var removed = await _repository.DockerAsync("image", "rm", "--force", "--platform", "linux/arm64", "@-base");
        var plan = await _repository.RunAsync("plan");
        var build = await _repository.RunAsync("build");

        Assert.That(removed, Does.Contain("Deleted"));
        Assert.That(plan.Text, Does.Match(@"base\s+build\s"), plan.ToString());
        Assert.That(build.ExitCode == 0 ? await ReadAsync("base", "arm64", "word") : build.Text, Does.Contain("docker builder prune").Or.StartsWith("of "), "it is whole, or said not to be");
    }

    /// <summary>With statements about itself an image is an index, which stays; without, nothing of it does.</summary>
    [TestCase("")]
    [TestCase("    provenance: true\n")]
    public async Task An_image_whose_content_was_removed_is_told_as_that_and_built(string statements)
    {
        // Bytes of its own, as above, and no base: other images would lose what they share with it.
        _repository.Write("images.yml", $"name: @\nimages:\n  @-own:\n    context: own\n{statements}").Write("own/Dockerfile", "FROM scratch\nCOPY word /word\n").Write("own/word", "of @ alone");
        await _repository.RunAsync("build");

        await _repository.DockerAsync("image", "rm", "--force", "--platform", "linux/amd64", "@-own");
        var plan = await _repository.RunAsync("plan");

        Assert.That(plan.Text, Does.Match(@"own\s+build\s").And.Contain("warning ORC3031").And.Not.Contain("ORC3015"), plan.ToString());
    }

    [Test]
    public async Task One_foreign_platform_is_built_cleaned_and_not_tested_here()
    {
        _repository.Write("images.yml", "name: @\nimages:\n  @-base:\n    context: base\n    platforms: [arm64]\n    test: [{ run: [/word] }]\n");

        var built = await _repository.RunAsync("build");
        var word = await ReadAsync("base", "arm64", "word");
        var test = await _repository.RunAsync("test");
        var cleaned = await _repository.RunAsync("clean");
        var plan = await _repository.RunAsync("plan");

        Assert.That(built.Built, Is.EqualTo(new[] { "base" }), built.ToString());
        Assert.That(word, Is.EqualTo("arm"));
        Assert.That(test.ExitCode, Is.EqualTo(1), test.ToString());
        Assert.That(test.Text, Does.Contain("images.yml(6,").And.Contain("error ORC3019"), test.ToString());
        Assert.That(cleaned.Text, Does.Contain("removed "), cleaned.ToString());
        Assert.That(plan.Text, Does.Match(@"base\s+build\s"), plan.ToString());
    }

    [Test]
    public async Task A_step_that_nothing_emulates_is_told_with_its_platform()
    {
        await File.WriteAllBytesAsync(Path.Join(Directory.CreateDirectory(Path.Join(_repository.Root, "run")).FullName, "program"), Foreign);
        _repository.Write("images.yml", "name: @\nimages:\n  @-run: { context: run, platforms: [arm64, amd64] }\n")
            .Write("run/Dockerfile", "FROM scratch AS on-amd64\nENV A=1\nFROM scratch AS on-arm64\nCOPY --chmod=755 program /program\nRUN [\"/program\"]\nFROM on-$TARGETARCH\n");

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Text, Does.Contain("Dockerfile(5,1): error ORC3018").And.Contain("linux/arm64").And.Contain("QEMU"), outcome.ToString());
    }

    [Test]
    public async Task An_image_from_outside_counts_for_each_platform_and_is_locked_for_each()
    {
        await MakeExternalAsync();
        _repository.Write("images.yml", "name: @\nimages:\n  @-app: { context: app, platforms: [amd64, arm64] }\n").Write("app/Dockerfile", "FROM local/@:two\n");

        var built = await _repository.RunAsync("build");
        var locked = await _repository.RunAsync("lock");
        var again = await _repository.RunAsync("build");
        var own = await ReadAsync("app", "arm64", "own");
        _repository.Write("base/word-arm64", "moved");
        await MakeExternalAsync();
        _repository.Write("images.yml", "name: @\nimages:\n  @-app: { context: app, platforms: [amd64, arm64] }\n");
        var refused = await _repository.RunAsync("build");
        await _repository.RunAsync("lock", "--update");
        var moved = await _repository.RunAsync("build");

        Assert.That(built.ExitCode, Is.Zero, built.ToString());
        Assert.That(own, Is.EqualTo("own arm"));
        Assert.That(File.ReadAllLines(Path.Join(_repository.Root, "images.lock")).Where(line => line.StartsWith("local ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]), Is.EqualTo(new[] { "linux/amd64", "linux/arm64" }), locked.ToString());
        Assert.That(again.Text, Does.Contain("1 up-to-date"), again.ToString());
        Assert.That(refused.Text, Does.Contain("ORC4076"), refused.ToString());
        Assert.That(moved.Built, Is.EqualTo(new[] { "app" }), moved.ToString());
        Assert.That(await ReadAsync("app", "arm64", "word"), Is.EqualTo("moved"));
    }

    [Test]
    public async Task An_image_from_outside_that_lacks_a_platform_is_one_error()
    {
        await MakeExternalAsync();
        _repository.Write("images.yml", "name: @\nimages:\n  @-app: { context: app, platforms: [amd64, s390x] }\n").Write("app/Dockerfile", "FROM local/@:two\n").Write("app/own-s390x", "");

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.Text, Does.Contain("app/Dockerfile(1,6): error ORC").And.Contain("linux/s390x").And.Not.Contain("building "), outcome.ToString());
    }

    /// <summary>An image of two platforms that is not of the graph: built, named otherwise, and forgotten.</summary>
    private async Task MakeExternalAsync()
    {
        _repository.Write("images.yml", "name: @-external\nimages:\n  @-base: { context: base, platforms: [arm64, amd64] }\n");
        var made = await _repository.RunAsync("build");
        Assert.That(made.ExitCode, Is.Zero, made.ToString());
        await _repository.DockerAsync("tag", "@-base", "local/@:two");
    }

    private async Task<string> ReadAsync(string image, string architecture, string file)
    {
        var created = await _repository.DockerAsync("create", "--name", "@-reader", "--platform", "linux/" + architecture, "@-" + image, "nothing");
        var copy = Path.Join(_repository.Root, ".git", "copy");
        var said = await _repository.DockerAsync("cp", "@-reader:/" + file, copy);
        await _repository.DockerAsync("rm", "@-reader");
        Assert.That(File.Exists(copy), Is.True, $"{image} has no /{file} for {architecture}: {created}; {said}");
        var text = await File.ReadAllTextAsync(copy);
        File.Delete(copy);
        return text;
    }
}
