using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What <c>orchestrator doctor</c> sees, and what of it a build says by itself.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Labels))]
internal sealed class DoctorTests(string engine)
{
    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(TestEngines.Host(engine));

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task It_says_what_there_is_to_build_with()
    {
        var outcome = await _repository.RunAsync("doctor");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Text, Does.Match(@"(?m)^ok       engine   Docker Engine [0-9.]+.* \(API 1\.[0-9]+\), linux/[a-z0-9]+, at unix://.* \(DOCKER_HOST\)$"));
        Assert.That(outcome.Text, Does.Match(@"(?m)^ok       builder  BuildKit .*; its cache has [0-9]+ records"));
        Assert.That(outcome.Text, Does.Contain(engine == "containerd" ? "containerd's image store (overlayfs)" : "the engine's own image store (overlay2)"));
        Assert.That(outcome.Text, Does.Match("(?m)^ok       disk     .* GB of .* GB are free at "));
        Assert.That(outcome.Text, Does.Match("(?m)^ok       git      git version "));
        Assert.That(outcome.Text, Does.Contain("graph    there is none at or above"));
    }

    [Test]
    public async Task A_missing_engine_is_an_error_and_the_rest_is_seen_all_the_same()
    {
        _repository.Variables["DOCKER_HOST"] = "unix:///nowhere/docker.sock";

        var outcome = await _repository.RunAsync("doctor");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Text, Does.Match("(?m)^error    engine   ORC0102: No Docker Engine can be reached: ").And.Match("(?m)^ok       git "));
    }

    [Test]
    public async Task Logins_are_tried_and_never_shown()
    {
        _repository.Write("images.yml", "registry: helped.example/acme\nimages:\n  a: .\n").Write("Dockerfile", "FROM known.example/base:1\nCOPY --from=open.example/x:1 /x /x\n")
            .Write("docker/config.json", $$"""{"credHelpers":{"helped.example":"is-not-there"},"auths":{"known.example":{"auth":"{{Convert.ToBase64String("me:canary-1234"u8)}}"} } }""");
        _repository.Variables["DOCKER_CONFIG"] = Path.Join(_repository.Root, "docker");

        var outcome = await _repository.RunAsync("doctor");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Text, Does.Match("(?m)^error    login    helped.example: .*'is-not-there'.*PATH"));
        Assert.That(outcome.Text, Does.Contain("ok       login    known.example: password of 'me'\n").And.Contain("ok       login    open.example: none; it is asked without one\n"));
        Assert.That(outcome.Text, Does.Not.Contain("canary-1234"));
    }

    /// <summary>The command sees another disk where the engine keeps its data; the engine itself does not.</summary>
    [Test]
    public async Task A_disk_that_is_nearly_full_is_told_before_a_build_and_only_then()
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nCOPY f /f\n").Write("a/f", "1");
        const string OnLittleDisk = """
            root=$(docker info --format '{{.DockerRootDir}}') && mount -t tmpfs -o size=50m tmpfs "$root" && exec "$TOOL" "$@"
            """;

        var doctor = await _repository.RunCommandAsync("unshare", "--mount", "sh", "-c", OnLittleDisk, "sh", "doctor");
        var built = await _repository.RunCommandAsync("unshare", "--mount", "sh", "-c", OnLittleDisk, "sh", "build");
        var again = await _repository.RunCommandAsync("unshare", "--mount", "sh", "-c", OnLittleDisk, "sh", "build");

        Assert.That(doctor.Text, Does.Match("(?m)^warning  disk     only 52\\.4 MB of 52\\.4 MB are free at "));
        Assert.That((built.ExitCode, built.Text), Is.EqualTo((0, built.Text)));
        Assert.That(built.Text, Does.Contain("warning ORC0111: Only 52.4 MB of 52.4 MB are free at ").And.Contain("1 built"));
        Assert.That(again.Text, Does.Not.Contain("ORC0111").And.Contain("1 up-to-date"));
    }
}
