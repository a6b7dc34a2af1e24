namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>Promotions between whose requests others publish what they are about.</summary>
[Category("Engine")]
internal sealed class SimultaneousPromotionTests : SimultaneousFixture
{
    [Test]
    public async Task A_promotion_hands_a_tag_over_to_a_higher_version_that_came_while_it_was_written()
    {
        await PublishAsync("1.3.0", "old");
        await PublishAsync("1.4.0", "low", "--manifest", "low.json");
        await PublishAsync("1.5.0", "high");
        await RenameAsync("1.5.0", "second");
        await Fixture.MoveAsync("left", "latest", "left", "1.3.0");
        var writes = 0;
        Proxy.Fault = async context =>
        {
            if (IsWrite(context, "left", "latest") && ++writes == 1)
            {
                await Fixture.MoveAsync("left", "1.5.0", "left", "second");
                await Fixture.MoveAsync("left", "latest", "left", "second");
            }

            return false;
        };

        var promoted = await Repository.RunAsync("promote", "low.json", Proxy.Host + "/acme");

        Assert.That((promoted.ExitCode, writes), Is.EqualTo((0, 2)), promoted.ToString());
        Assert.That(await Fixture.DigestAsync("left", "latest"), Is.EqualTo(await Fixture.DigestAsync("left", "1.5.0")), promoted.ToString());
        Assert.That(promoted.Text, Does.Contain($"  stays    {Proxy.Host}/acme/left:latest, for 1.5.0 is published"), promoted.ToString());
    }

    [Test]
    public async Task A_promotion_leaves_tags_to_a_higher_version_that_was_promoted_after_it_was_planned()
    {
        await PublishAsync("1.4.0", "low", "--manifest", "low.json");
        await PublishAsync("1.5.0", "high", "--manifest", "high.json");
        var other = Task.FromResult<Repository.Outcome?>(null);
        var began = 0;
        // The first layer goes to its new place.
        Proxy.Fault = async context =>
        {
            if (context.Request.Method == "POST" && context.Request.Path.StartsWithSegments("/v2/stable", StringComparison.Ordinal) && Interlocked.Exchange(ref began, 1) == 0)
            {
                other = Repository.RunAsync("promote", "high.json", Proxy.Host + "/stable")!;
                await other;
            }

            return false;
        };

        var promoted = await Repository.RunAsync("promote", "low.json", Proxy.Host + "/stable");

        Assert.That(((await other)?.ExitCode, promoted.ExitCode), Is.EqualTo((0, 0)), $"{await other}{promoted}");
        Assert.That(await Fixture.DigestOfAsync(Stable("left"), "latest"), Is.EqualTo(await Fixture.DigestAsync("left", "1.5.0")), promoted.ToString());
        Assert.That(await Fixture.DigestOfAsync(Stable("left"), "1.4.0"), Is.EqualTo(await Fixture.DigestAsync("left", "1.4.0")), promoted.ToString());
    }

    [Test]
    public async Task A_promotion_whose_version_was_written_over_fails_and_moves_nothing()
    {
        await PublishAsync("1.4.0", "low", "--manifest", "low.json");
        await PublishAsync("1.5.0", "high");
        Proxy.Fault = async context =>
        {
            if (IsWrite(context, "right", "1.4.0"))
            {
                await WaitForAsync(Stable("left"), "1.4.0");
                await Fixture.MoveInAsync(Stable("left"), "1.4.0", Fixture.Name("left"), "1.5.0");
            }

            return false;
        };

        var promoted = await Repository.RunAsync("promote", "low.json", Proxy.Host + "/stable");

        Assert.That(promoted.ExitCode, Is.EqualTo(1), promoted.ToString());
        Assert.That(promoted.Text, Does.Contain("error ORC4014").And.Contain("left:1.4.0"), promoted.ToString());
        Assert.That(await Fixture.TagsOfAsync(Stable("right")), Has.None.EqualTo("latest"), promoted.ToString());
    }

    [Test]
    public async Task A_promotion_tells_a_tag_that_is_then_of_two_releases()
    {
        await PublishAsync("1.4.0", "low", "--manifest", "low.json");
        await PublishAsync("1.5.0", "high");
        await Fixture.MoveInAsync(Stable("left"), "1.5.0", Fixture.Name("left"), "1.5.0");

        var shown = await Repository.RunAsync("promote", "low.json", Proxy.Host + "/stable", "--dry-run");
        var promoted = await Repository.RunAsync("promote", "low.json", Proxy.Host + "/stable");

        foreach (var outcome in (Repository.Outcome[])[shown, promoted])
        {
            Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
            Assert.That(outcome.Text, Does.Contain($"warning ORC4028: 'latest' does not stand for one release: it stays with a higher version in {Proxy.Host}/stable/left, and is this release in "), outcome.ToString());
        }
    }
}
