namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>Releases that others publish between two requests of ours, and releases that broke off.</summary>
[Category("Engine")]
internal sealed class SimultaneousReleaseTests : SimultaneousFixture
{
    [Test]
    public async Task A_tag_that_is_handed_over_to_a_higher_version_goes_to_a_still_higher_one_that_came_meanwhile()
    {
        await PublishAsync("1.4.0", "low");
        await PublishAsync("1.5.0", "high");
        await PublishAsync("1.6.0", "highest");
        await RenameAsync("1.5.0", "second");
        await RenameAsync("1.6.0", "third");
        await Fixture.MoveAsync("left", "latest", "right", "latest");
        var writes = 0;
        // 1.5.0 is published, and has latest, right before we write that; 1.6.0 right before we hand it over.
        Proxy.Fault = async context =>
        {
            if (IsWrite(context, "left", "latest"))
            {
                var (tag, name) = ++writes == 1 ? ("1.5.0", "second") : ("1.6.0", "third");
                await Fixture.MoveAsync("left", tag, "left", name);
                await Fixture.MoveAsync("left", "latest", "left", name);
            }

            return false;
        };

        var pushed = await PublishAsync("1.4.0", "low");

        Assert.That(writes, Is.GreaterThan(1), pushed.ToString());
        Assert.That(await Fixture.DigestAsync("left", "latest"), Is.EqualTo(await Fixture.DigestAsync("left", "third")), pushed.ToString());
        Assert.That(pushed.Text, Does.Contain($"  stays    {Proxy.Host}/acme/left:latest, for 1.6.0 is published").And.Not.Contain("ORC4028"), pushed.ToString());
    }

    [Test]
    public async Task A_run_that_was_interrupted_before_it_handed_a_tag_over_is_completed()
    {
        await PublishAsync("1.4.0", "low");
        await PublishAsync("1.5.0", "high");
        await Fixture.MoveAsync("left", "latest", "left", "1.4.0");

        var pushed = await PublishAsync("1.4.0", "low");

        Assert.That(await Fixture.DigestAsync("left", "latest"), Is.EqualTo(await Fixture.DigestAsync("left", "1.5.0")).And.Not.EqualTo(await Fixture.DigestAsync("left", "1.4.0")), pushed.ToString());
    }

    [Test]
    public async Task Of_two_pushes_of_one_version_the_one_that_was_written_over_fails_and_moves_nothing()
    {
        await PublishAsync("1.4.0", "low");
        await RenameAsync("1.4.0", "other");
        Remove("right", "1.4.0");
        var before = await Fixture.DigestAsync("left", "latest");
        // The first image's version is looked at again when all are written.
        Proxy.Fault = async context =>
        {
            if (IsWrite(context, "right", "1.4.0"))
            {
                await WaitForAsync(Fixture.Name("left"), "1.4.0");
                await Fixture.MoveAsync("left", "1.4.0", "left", "other");
            }

            return false;
        };

        var pushed = await RunAsync("1.4.0", "mine");

        Assert.That(pushed.ExitCode, Is.EqualTo(1), pushed.ToString());
        Assert.That(pushed.Text, Does.Contain("error ORC4006").And.Contain("left:1.4.0"), pushed.ToString());
        Assert.That(await Fixture.DigestAsync("left", "latest"), Is.EqualTo(before), pushed.ToString());
        Assert.That(await Fixture.DigestAsync("left", "1.4.0"), Is.EqualTo(before), pushed.ToString());
    }

    [Test]
    public async Task A_tag_that_is_of_two_releases_because_the_higher_one_broke_off_is_told()
    {
        await PublishAsync("1.4.0", "low");
        await PublishAsync("1.6.0", "high");
        foreach (var image in (string[])["base", "right"])
        {
            Remove(image, "1.6.0");
        }

        var shown = await RunAsync("1.5.0", "low", "--dry-run");
        var pushed = await PublishAsync("1.5.0", "low");

        foreach (var outcome in (Repository.Outcome[])[shown, pushed])
        {
            Assert.That(outcome.Text, Does.Contain($"warning ORC4028: 'latest' does not stand for one release: it stays with a higher version in {Proxy.Host}/acme/left, and is this release in {Proxy.Host}/acme/base, {Proxy.Host}/acme/right."), outcome.ToString());
        }
    }

    [Test]
    public async Task A_dry_run_shows_that_a_tag_goes_to_a_higher_version_as_the_run_then_does()
    {
        await PublishAsync("1.4.0", "low", "--manifest", "low.json");
        await PublishAsync("1.5.0", "high");
        await Fixture.MoveAsync("left", "latest", "left", "1.4.0");
        Repository.Write("left/Dockerfile", Dockerfile("low"));

        var push = await Repository.RunAsync("push", "--version", "1.4.0", "--dry-run");
        var promotion = await Repository.RunAsync("promote", "low.json", Proxy.Host + "/acme", "--dry-run");
        var between = await Fixture.DigestAsync("left", "latest");
        var promoted = await Repository.RunAsync("promote", "low.json", Proxy.Host + "/acme");

        Assert.That(push.Text, Does.Contain($"  stay     {Proxy.Host}/acme/left:latest, for 1.5.0 is published"), push.ToString());
        Assert.That(promotion.Text, Does.Contain($"  stay     {Proxy.Host}/acme/left:latest, for 1.5.0 is published"), promotion.ToString());
        Assert.That(between, Is.EqualTo(await Fixture.DigestAsync("left", "1.4.0")), "a dry run wrote");
        Assert.That(promoted.Text, Does.Contain($"  stays    {Proxy.Host}/acme/left:latest, for 1.5.0 is published"), promoted.ToString());
        Assert.That(await Fixture.DigestAsync("left", "latest"), Is.EqualTo(await Fixture.DigestAsync("left", "1.5.0")), promoted.ToString());
    }
}
