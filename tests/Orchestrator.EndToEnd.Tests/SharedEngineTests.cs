using System.Globalization;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Runs that share an engine and no lock, such as jobs in containers that have the host's socket and a cache folder each.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Labels))]
internal sealed class SharedEngineTests(string engine)
{
    private Repository _one = null!;
    private Repository _other = null!;

    private string HeldNames => $"held.orchestrator.invalid/{_one.Prefix}/";

    [SetUp]
    public void Open()
    {
        _one = new Repository(TestEngines.Host(engine));
        _other = _one.Beside();
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _other.DisposeAsync();
        await _one.DisposeAsync();
    }

    /// <summary>The builder shares what two solves do at the same time, and the one that is at work has the base as it was.</summary>
    [Test]
    public async Task What_is_built_on_a_base_that_was_built_anew_meanwhile_has_the_new_one()
    {
        Both(repository => repository.WriteGraph("base", "slow", "fast")
            .Write("base/Dockerfile", "FROM local/busybox\nRUN head -c9 /dev/urandom > /f\n")
            .Write("slow/Dockerfile", "FROM @-base\nRUN sleep 90; : @\n")
            .Write("fast/Dockerfile", "FROM @-base\nRUN : @ && cp /f /g\n"));
        var slow = _one.Start("build", _one.Prefix + "-slow");
        Assert.That(await Steps.AwaitAsync($"sleep 90; : {_one.Prefix}", isRunning: true), Is.True);

        var anew = await _other.RunAsync("build", "--no-cache", _other.Prefix + "-base");
        var fast = await _other.RunAsync("build", _other.Prefix + "-fast");
        var plan = await _other.RunAsync("plan", _other.Prefix + "-fast");

        Assert.That(anew.Built, Is.EqualTo(new[] { "base" }), anew.ToString());
        Assert.That(fast.Built, Is.EqualTo(new[] { "fast" }), fast.ToString());
        Assert.That(plan.Text, Does.Match(@"fast\s+up-to-date"), plan.ToString());
        Assert.That(await LayersAsync("fast"), Does.StartWith(await LayersAsync("base")));
        Assert.That(slow.HasExited, Is.False, "it was at work all the time");
    }

    [Test]
    public async Task A_run_that_ends_takes_nothing_away_that_another_builds_from()
    {
        Both(repository => repository.WriteGraph("first", "second", "quick")
            .Write("first/Dockerfile", "FROM local/busybox\nRUN : @ first && sleep 8 && head -c9 /dev/urandom > /f\n")
            .Write("second/Dockerfile", "FROM local/busybox\nCOPY --from=@-first /f /f\nRUN : @ second\n")
            .Write("quick/Dockerfile", "FROM local/busybox\nRUN : @ quick\n"));
        var slow = _one.Start("build", _one.Prefix + "-second");
        Assert.That(await Steps.AwaitAsync($"{_one.Prefix} first && sleep 8", isRunning: true), Is.True);

        var quick = await _other.RunAsync("build", _other.Prefix + "-quick");
        var wasAtWork = !slow.HasExited;
        var second = await _one.EndAsync(slow);

        Assert.That(quick.ExitCode, Is.Zero, quick.ToString());
        Assert.That(wasAtWork, Is.True);
        Assert.That(second.ExitCode, Is.Zero, second.ToString());
        Assert.That((await _one.ImageNamesAsync()).Where(IsHeld), Is.Empty);
    }

    [TestCase("build")]
    [TestCase("clean")]
    public async Task What_a_run_held_that_was_killed_goes_some_day_and_what_another_holds_now_stays(string command)
    {
        var now = DateTimeOffset.UtcNow;
        var (old, young) = (Held(now.AddDays(-3)), Held(now.AddHours(-5)));
        _one.WriteGraph("app").Write("app/Dockerfile", "FROM local/busybox\nRUN : @\n");
        foreach (var name in (string[])[old, young])
        {
            await _one.DockerAsync("tag", "local/busybox", name);
        }

        var outcome = await _one.RunAsync(command);

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That((await _one.ImageNamesAsync()).Where(IsHeld), Is.EqualTo(new[] { young }));
    }

    private string Held(DateTimeOffset began) => string.Create(CultureInfo.InvariantCulture, $"{HeldNames}{began.ToUnixTimeSeconds()}-0badcafe:sha256-1");

    private bool IsHeld(string name) => name.StartsWith(HeldNames, StringComparison.Ordinal);

    private void Both(Action<Repository> write)
    {
        write(_one);
        write(_other);
    }

    private async Task<string> LayersAsync(string image) => (await _one.DockerAsync("image", "inspect", "--format", "{{range .RootFS.Layers}}{{.}} {{end}}", "@-" + image)).TrimEnd();
}
