using System.Globalization;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>
/// A registry that is killed at a random moment of a push, many times: whatever was written until then, no tag stands for an image of another key,
/// and no moving tag for a release that is not whole. <c>ORCHESTRATOR_TEST_KILLS</c> says how many times, <c>ORCHESTRATOR_TEST_SEED</c> which moments.
/// </summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class KilledRegistryTests(string engine)
{
    private const int UsualKills = 3;
    private const int LongestAbsenceMilliseconds = 3000;

    private PublishFixture _fixture = null!;
    private ReleasedTwice _release = null!;

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : usual;

    [SetUp]
    public async Task OpenAsync()
    {
        _fixture = await PublishFixture.OpenAsync(engine);
        _release = await ReleasedTwice.PrepareAsync(_fixture);
    }

    [TearDown]
    public async Task CloseAsync() => await _fixture.DisposeAsync();

    [Test]
    public async Task Whenever_it_is_killed_the_tags_are_right_and_the_next_run_completes()
    {
        var seed = Number("ORCHESTRATOR_TEST_SEED", Environment.TickCount);
        var random = new Random(seed);
        TestContext.Progress.WriteLine($"ORCHESTRATOR_TEST_SEED={seed}");
        for (var kill = 0; kill < Number("ORCHESTRATOR_TEST_KILLS", UsualKills); kill++)
        {
            TestContext.Progress.WriteLine(await KillOnceAsync(random, $"kill {kill} of seed {seed}"));
        }
    }

    /// <returns>What happened.</returns>
    private async Task<string> KillOnceAsync(Random random, string which)
    {
        await _release.ForgetAsync();
        // While layers are sent it is killed at a byte, while tags are written at a tag: the one takes seconds and the other a few milliseconds.
        var isSending = random.Next(2) == 0;
        int? absence = random.Next(2) == 0 ? random.Next(LongestAbsenceMilliseconds) : null;

        var push = _release.Push();
        var killed = await _release.KillAsync(push, isSending ? random.NextInt64(_release.Bytes) : long.MaxValue, isSending ? int.MaxValue : random.Next(1, _release.Writes));
        if (absence is { } milliseconds)
        {
            await Task.Delay(milliseconds);
            await _fixture.Registry.StartAgainAsync();
        }

        var outcome = await _fixture.Repository.EndAsync(push);
        if (absence is null)
        {
            await _fixture.Registry.StartAgainAsync();
        }

        which = $"{which}: {killed}, {(absence is null ? "stayed away" : $"back after {absence} ms")}, exit {outcome.ExitCode}, damaged: {string.Join(' ', _release.Repair())}";
        which += "; " + await _release.CheckAsync($"{which}\n{outcome.Text}");
        Assert.That(outcome.ExitCode, Is.EqualTo(0).Or.EqualTo(1), which);
        var again = await _fixture.Repository.EndAsync(_release.Push());
        Assert.That(again.ExitCode, Is.Zero, $"{which}\n{again}");
        Assert.That(await _release.CheckAsync(which), Is.EqualTo(_release.Complete), $"{which}\n{again}");
        return which;
    }
}
