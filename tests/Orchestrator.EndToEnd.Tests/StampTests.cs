using System.Diagnostics;
using System.Globalization;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>The labels that say at which commit and when an image was built: true where they stand, and without a say in what is built.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class StampTests(string engine)
{
    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(TestEngines.Host(engine));

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task A_built_image_tells_commit_and_time_and_an_unchanged_one_keeps_them()
    {
        _repository.WriteGraph("base", "service")
            .Write("base/Dockerfile", "FROM local/busybox\nENV A=1\n")
            .Write("service/Dockerfile", "FROM @-base\nCOPY file /\n").Write("service/file", "1");
        var first = await InitAsync();
        var before = DateTimeOffset.UtcNow;
        var built = await _repository.RunAsync("build");
        var after = DateTimeOffset.UtcNow;
        var second = await CommitAsync();
        var unchanged = await _repository.RunAsync("build");
        string[] kept = [await RevisionAsync("base"), await RevisionAsync("service")];
        _repository.Write("service/file", "2");
        var changed = await _repository.RunAsync("build");

        Assert.That(built.Built, Is.EqualTo(new[] { "base", "service" }), built.ToString());
        Assert.That(unchanged.Text, Does.Contain("2 images: 2 up-to-date"), unchanged.ToString());
        Assert.That(kept, Is.All.EqualTo(first));
        Assert.That(DateTimeOffset.ParseExact(await CreatedAsync("base"), "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture), Is.InRange(before.AddSeconds(-1), after));
        Assert.That(changed.Built, Is.EqualTo(new[] { "service" }), changed.ToString());
        Assert.That(await RevisionAsync("service"), Is.EqualTo(second + "-dirty"));
        Assert.That(await RevisionAsync("base"), Is.EqualTo(first));
    }

    [Test]
    public async Task Other_stamps_of_a_base_run_no_step_of_its_children_again()
    {
        _repository.WriteGraph("base", "service")
            .Write("base/Dockerfile", "FROM local/busybox\nLABEL is=1\n")
            .Write("service/Dockerfile", "FROM @-base\nRUN cat /proc/sys/kernel/random/uuid > /run-of-the-step\n");
        await InitAsync();
        await _repository.RunAsync("build");
        var before = await _repository.CatAsync("service", "/run-of-the-step");
        _repository.Write("base/Dockerfile", "FROM local/busybox\nLABEL is=2\n");
        var commit = await CommitAsync();

        var again = await _repository.RunAsync("build");

        Assert.That(again.Built, Is.EqualTo(new[] { "base", "service" }), again.ToString());
        Assert.That(await RevisionAsync("base"), Is.EqualTo(commit));
        Assert.That(await _repository.CatAsync("service", "/run-of-the-step"), Is.EqualTo(before));
    }

    [Test]
    public async Task A_base_that_differs_only_in_its_stamps_builds_none_of_its_children()
    {
        _repository.WriteGraph("base", "middle", "service")
            .Write("base/Dockerfile", "FROM local/busybox\nENV A=1\n")
            .Write("middle/Dockerfile", "FROM @-base\nENV B=1\n")
            .Write("service/Dockerfile", "FROM @-middle\nRUN true\n");
        await InitAsync();
        await _repository.RunAsync("build");
        var commit = await CommitAsync();

        var middle = await _repository.RunAsync("build", _repository.Prefix + "-middle", "--no-cache");
        var after = await _repository.RunAsync("build");

        Assert.That(middle.Built, Is.EqualTo(new[] { "base", "middle" }), middle.ToString());
        Assert.That(await RevisionAsync("base"), Is.EqualTo(commit));
        Assert.That(after.Text, Does.Contain("3 images: 3 up-to-date"), after.ToString());
    }

    [Test]
    public async Task A_base_with_other_content_builds_its_children_once()
    {
        _repository.WriteGraph("base", "service")
            .Write("base/Dockerfile", "FROM local/busybox\nRUN cat /proc/sys/kernel/random/uuid > /run-of-the-step\n")
            .Write("service/Dockerfile", "FROM @-base\nRUN cp /run-of-the-step /copy\n");
        await InitAsync();
        await _repository.RunAsync("build");
        await CommitAsync();

        var one = await _repository.RunAsync("build", _repository.Prefix + "-base", "--no-cache");
        var two = await _repository.RunAsync("build");
        var three = await _repository.RunAsync("build");

        Assert.That(one.Built, Is.EqualTo(new[] { "base" }), one.ToString());
        Assert.That(two.Built, Is.EqualTo(new[] { "service" }), two.ToString());
        Assert.That(three.Text, Does.Contain("2 images: 2 up-to-date"), three.ToString());
        Assert.That(await _repository.CatAsync("service", "/copy"), Is.EqualTo(await _repository.CatAsync("base", "/run-of-the-step")));
    }

    [Test]
    public async Task What_the_user_sets_is_never_replaced()
    {
        _repository.Write("images.yml", """
                name: @
                images:
                  @-file: { context: file, labels: { org.opencontainers.image.revision: mine, org.opencontainers.image.created: then } }
                  @-dockerfile: dockerfile
                  @-triggered: triggered
                  @-epoch: { context: epoch, args: { SOURCE_DATE_EPOCH: "1700000000" } }

                """)
            .Write("file/Dockerfile", "FROM local/busybox\nONBUILD LABEL org.opencontainers.image.revision=trigger\n")
            .Write("dockerfile/Dockerfile", "FROM local/busybox AS labelled\nLABEL \"org.opencontainers.image.revision\"=theirs\nFROM labelled\nRUN true\n")
            .Write("triggered/Dockerfile", "FROM @-file\n")
            .Write("epoch/Dockerfile", "FROM local/busybox AS other\nLABEL org.opencontainers.image.revision=unrelated\nFROM local/busybox\nCOPY --from=other /bin/busybox /\n");
        var commit = await InitAsync();

        var built = await _repository.RunAsync("build");

        Assert.That(built.ExitCode, Is.Zero, built.ToString());
        Assert.That((await RevisionAsync("file"), await CreatedAsync("file")), Is.EqualTo(("mine", "then")));
        Assert.That(await RevisionAsync("dockerfile"), Is.EqualTo("theirs"));
        Assert.That(await RevisionAsync("triggered"), Is.EqualTo("trigger"));
        Assert.That((await RevisionAsync("epoch"), await CreatedAsync("epoch")), Is.EqualTo((commit, "2023-11-14T22:13:20Z")));
    }

    [Test]
    public async Task Where_git_knows_no_commit_there_is_no_revision()
    {
        _repository.WriteGraph("base").Write("base/Dockerfile", "FROM local/busybox\nENV A=1\n");

        var built = await _repository.RunAsync("build");

        Assert.That(built.Built, Is.EqualTo(new[] { "base" }), built.ToString());
        Assert.That(await RevisionAsync("base"), Is.Empty);
        Assert.That(await CreatedAsync("base"), Does.EndWith("Z"));
    }

    private Task<string> RevisionAsync(string image) => LabelAsync(image, "org.opencontainers.image.revision");

    private Task<string> CreatedAsync(string image) => LabelAsync(image, "org.opencontainers.image.created");

    private Task<string> LabelAsync(string image, string name) => _repository.DockerAsync("image", "inspect", "--format", $"{{{{index .Config.Labels \"{name}\"}}}}", "@-" + image);

    private async Task<string> InitAsync()
    {
        Directory.Delete(Path.Join(_repository.Root, ".git"));
        await GitAsync("init", "--quiet");
        return await CommitAsync();
    }

    /// <returns>The new commit, which may change nothing.</returns>
    private async Task<string> CommitAsync()
    {
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "--allow-empty", "--message", "x");
        return await GitAsync("rev-parse", "HEAD");
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _repository.Root, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, string.Join(' ', arguments));
        return output.Trim();
    }
}
