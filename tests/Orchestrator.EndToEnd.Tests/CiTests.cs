using System.Diagnostics;
using System.Runtime.Versioning;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Jobs for CI systems, and which images changes affect; no engine is needed.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class CiTests
{
    private Repository _repository = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _repository = new Repository(null);
        _repository.Variables["DOCKER_HOST"] = "unix:///nonexistent/docker.sock";
        Directory.Delete(Path.Join(_repository.Root, ".git"));
        _repository.Write("images.yml", """
            name: shop
            registry: ghcr.io/acme
            images:
              base: base
              api: { context: services, dockerfile: api/Dockerfile }
              web: web
              docs: docs

            """)
            .Write("base/Dockerfile", "FROM scratch\nCOPY tools /tools\n").Write("base/tools/t", "1").Write("base/README", "1")
            .Write("services/api/Dockerfile", "FROM base\nCOPY api/src /src\nCOPY shared /shared\n").Write("services/api/src/a", "1").Write("services/api/test/a", "1").Write("services/shared/s", "1")
            .Write("web/Dockerfile", "FROM scratch\nCOPY --from=api /src /src\n")
            .Write("docs/Dockerfile", "FROM scratch\nCOPY . /\n").Write("docs/page", "1");
        await GitAsync("init", "--quiet", "--initial-branch=main");
        await CommitAsync();
    }

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task All_images_come_in_waves()
    {
        Assert.That(CiWaves.Of(await _repository.RunAsync("ci")), Is.EqualTo(new[] { "base docs", "api", "web" }));
        Assert.That((await _repository.RunAsync("ci", "--format", "github")).Text, Is.EqualTo("""
            waves=3
            wave-1={"image":["base","docs"]}
            wave-2={"image":["api"]}
            wave-3={"image":["web"]}

            """));
        Assert.That((await _repository.RunAsync("ci", "--format", "azure", "api")).Text, Is.EqualTo("""
            ##vso[task.setvariable variable=waves;isOutput=true]2
            ##vso[task.setvariable variable=wave1;isOutput=true]{"base_1":{"orchestratorImage":"base"}}
            ##vso[task.setvariable variable=wave2;isOutput=true]{"api_1":{"orchestratorImage":"api"}}

            """));
        Assert.That((await _repository.RunAsync("ci", "--format", "gitlab", "api")).Text, Is.EqualTo("""
            stages: [wave-1, wave-2]

            "build base":
              extends: .orchestrator
              stage: wave-1
              needs: []
              variables: { ORCHESTRATOR_IMAGE: "base" }

            "build api":
              extends: .orchestrator
              stage: wave-2
              needs: ["build base"]
              variables: { ORCHESTRATOR_IMAGE: "api" }

            """));
    }

    [TestCase("base/README")]
    [TestCase("services/api/test/a")]
    [TestCase("services/web-only")]
    public async Task What_no_image_takes_in_affects_none(string file)
    {
        await ChangeAsync(file);

        Assert.That(CiWaves.Of(await SinceAsync("HEAD~1")), Is.Empty);
        Assert.That((await _repository.RunAsync("ci", "--since", "HEAD~1", "--format", "github")).Text, Is.EqualTo("waves=0\n"));
        Assert.That((await _repository.RunAsync("ci", "--since", "HEAD~1", "--format", "gitlab")).Text, Does.StartWith("nothing to build:"));
    }

    [TestCase("base/tools/t", "base", "api", "web")]
    [TestCase("services/shared/s", "api", "web")]
    [TestCase("services/api/src/new", "api", "web")]
    [TestCase("docs/page", "docs")]
    public async Task A_change_affects_what_takes_it_in_and_what_is_built_on_that(string file, params string[] waves)
    {
        await ChangeAsync(file);

        Assert.That(CiWaves.Of(await SinceAsync("HEAD~1")), Is.EqualTo(waves));
    }

    [Test]
    public async Task Each_image_says_why()
    {
        await ChangeAsync("services/shared/s");

        var reasons = CiWaves.Reasons(await SinceAsync("HEAD~1"));

        Assert.That(reasons[0], Does.Contain("shared/s").And.Contain("changed"));
        Assert.That(reasons[1], Does.Contain("api"));
    }

    [Test]
    public async Task Permissions_removed_files_definitions_and_new_images_count_and_so_does_what_is_not_committed()
    {
        File.SetUnixFileMode(Path.Join(_repository.Root, "base/tools/t"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.That(CiWaves.Of(await SinceAsync("HEAD")), Is.EqualTo(new[] { "base", "api", "web" }));

        await GitAsync("checkout", "--quiet", ".");
        File.Delete(Path.Join(_repository.Root, "services/api/src/a"));
        Assert.That(CiWaves.Of(await SinceAsync("HEAD")), Is.EqualTo(new[] { "api", "web" }));

        await GitAsync("checkout", "--quiet", ".");
        _repository.Write("images.yml", File.ReadAllText(Path.Join(_repository.Root, "images.yml")).Replace("docs: docs", "docs: { context: docs, labels: { a: b } }\n  more: { context: docs, labels: { a: c } }", StringComparison.Ordinal));
        Assert.That(CiWaves.Of(await SinceAsync("HEAD")), Is.EqualTo(new[] { "docs more" }));
    }

    /// <summary>A base that nobody knows anything of may have ONBUILD COPY . /, so every file of the context counts.</summary>
    [Test]
    public async Task Under_a_base_that_nobody_knows_the_whole_context_counts()
    {
        _repository.Write("web/Dockerfile", "FROM example.org/unknown:1\nCOPY a /\n").Write("web/a", "1").Write("web/other", "1");
        await CommitAsync();
        await ChangeAsync("web/other");

        Assert.That(CiWaves.Of(await SinceAsync("HEAD~1")), Is.EqualTo(new[] { "web" }));
        await ChangeAsync("base/README");
        Assert.That(CiWaves.Of(await SinceAsync("HEAD~1")), Is.Empty);
    }

    [Test]
    public async Task What_a_lock_moves_is_a_change()
    {
        const string Lock = "version 1\nimage example.org/unknown:1 sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n";
        _repository.Write("web/Dockerfile", "FROM example.org/unknown:1\n").Write("images.lock", Lock);
        await CommitAsync();
        Assert.That(CiWaves.Of(await SinceAsync("HEAD")), Is.Empty);

        _repository.Write("images.lock", Lock.Replace("aaaa", "bbbb", StringComparison.Ordinal));

        Assert.That(CiWaves.Of(await SinceAsync("HEAD")), Is.EqualTo(new[] { "web" }));
    }

    [Test]
    public async Task The_repository_is_left_as_it_was()
    {
        await ChangeAsync("docs/page");
        _repository.Write("docs/page", "not committed");
        var hook = Path.Join(_repository.Root, ".git/hooks/post-checkout");
        File.WriteAllText(hook, "#!/bin/sh\ntouch hooked\n");
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var before = Snapshot();

        await SinceAsync("HEAD~1");

        Assert.That(Snapshot(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_revision_that_is_none_is_an_error_and_a_graph_that_was_not_there_affects_all()
    {
        var unknown = await SinceAsync("no-such-branch");
        Assert.That((unknown.ExitCode, unknown.Text), Is.EqualTo((1, unknown.Text)));
        Assert.That(unknown.Text, Does.Contain("error ORC4090: 'no-such-branch' is not a revision").And.Not.Contain("waves"));

        await GitAsync("mv", "images.yml", "other.yml");
        await CommitAsync();
        var moved = await _repository.RunAsync("ci", "--file", "other.yml", "--since", "HEAD~1");

        Assert.That(moved.Text, Does.Contain("warning ORC4092"), moved.ToString());
        Assert.That(CiWaves.Of(moved), Is.EqualTo(new[] { "base docs", "api", "web" }));
    }

    [Test]
    public async Task A_shallow_clone_is_named_as_the_reason()
    {
        await ChangeAsync("docs/page");
        var clone = Path.Join(_repository.Root, "clone");
        await GitAsync("clone", "--quiet", "--depth=1", "file://" + _repository.Root, clone);

        var outcome = await _repository.RunAsync("ci", "--file", Path.Join(clone, "images.yml"), "--since", "HEAD~1");

        Assert.That(outcome.Text, Does.Contain("error ORC4090").And.Contain("The clone is shallow"), outcome.ToString());
    }

    [TestCase("error", 1, "error ORC")]
    [TestCase("warn", 0, "warning ORC")]
    [TestCase("skip", 0, null)]
    [TestCase(null, 0, null)]
    public async Task A_missing_engine_means_what_was_said(string? policy, int code, string? finding)
    {
        var outcome = await _repository.RunAsync(["ci", "--since", "HEAD", .. policy is null ? Array.Empty<string>() : ["--engine-missing", policy]]);

        Assert.That(outcome.ExitCode, Is.EqualTo(code), outcome.ToString());
        Assert.That(outcome.Text, finding is null ? Does.Not.Contain("ORC") : Does.Contain(finding));
    }

    private Task<Repository.Outcome> SinceAsync(string revision) => _repository.RunAsync("ci", "--since", revision);

    private async Task ChangeAsync(string file)
    {
        _repository.Write(file, "2");
        await CommitAsync();
    }

    private async Task CommitAsync()
    {
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "--message", "x");
    }

    private async Task GitAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _repository.Root })!;
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, string.Join(' ', arguments));
    }

    /// <summary>Every file of the repository, git's own included, with its bytes.</summary>
    private List<string> Snapshot() =>
    [
        .. Directory.EnumerateFiles(_repository.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => $"{file} {Convert.ToHexString(File.ReadAllBytes(file))}"),
    ];
}
