using Microsoft.AspNetCore.Http;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>Key tags that nobody needs any more go from a real registry; whatever else stands for an image keeps it.</summary>
[Category("Engine")]
internal sealed class CleanRegistryTests
{
    private const string NoEngine = "unix:///nowhere/docker.sock";

    [Test]
    public async Task Superseded_key_tags_go_and_whatever_anybody_else_named_stays()
    {
        await using var fixture = await PublishFixture.OpenAsync(TestEngines.Labels.First());
        var keys = await PushAsync(fixture, builds: 6);
        await fixture.MoveAsync("left", "1.0.0", "left", keys[1]);
        await fixture.GatherAsync("left", "all", keys[2]);
        await fixture.MoveAsync("left", (await fixture.DigestAsync("left", keys[3]))!.Replace(':', '-') + ".sig", "right", "latest");
        var taken = keys[4];
        await fixture.MoveAsync("left", taken, "right", "latest");
        var before = await fixture.TagsAsync("left");

        var shown = await fixture.Repository.RunAsync("clean", "--registry", "--keep", "1", "--dry-run");
        var between = await fixture.TagsAsync("left");
        var cleaned = await fixture.Repository.RunAsync("clean", "--registry", "--keep", "1");
        var after = await fixture.TagsAsync("left");
        var again = await fixture.Repository.RunAsync("clean", "--registry", "--keep", "1");
        var built = await fixture.Repository.RunAsync("build");

        var name = $"{fixture.Registry.Host}/acme/left:{keys[0]}, built ";
        Assert.That(shown.Text, Does.Contain("would remove " + name).And.Contain("1 superseded key tags would be removed"), shown.ToString());
        Assert.That(between, Is.EqualTo(before), "the dry run removed something");
        Assert.That(cleaned.Text, Does.Contain("removed " + name).And.Contain("1 superseded key tags removed"), cleaned.ToString());
        Assert.That(cleaned.ExitCode, Is.Zero, cleaned.ToString());
        Assert.That(after, Is.EqualTo(before.Except([keys[0]])));
        foreach (var tag in after.Where(tag => tag != "all"))
        {
            Assert.That(await fixture.KeyAsync("left", tag), tag == taken ? Is.Not.EqualTo(taken["key-".Length..]) : Is.Not.Null, tag);
        }

        Assert.That(again.Text, Does.Contain("0 superseded key tags removed"), again.ToString());
        Assert.That(built.Text, Does.Contain("3 images: 3 up-to-date"), built.ToString());
    }

    [Test]
    public async Task The_newest_stay_and_a_registry_that_deletes_nothing_is_one_error()
    {
        await using var fixture = await PublishFixture.OpenAsync(TestEngines.Labels.First(), deletes: false);
        await PushAsync(fixture, builds: 4);

        var usual = await fixture.Repository.RunAsync("clean", "--registry", "--dry-run");
        var refused = await fixture.Repository.RunAsync("clean", "--registry");
        var usage = await fixture.Repository.RunAsync("clean", "--dry-run");
        await fixture.Registry.KillAsync();
        var gone = await fixture.Repository.RunAsync("clean", "--registry");

        Assert.That(usual.Text, Does.Contain("2 superseded key tags would be removed"), usual.ToString());
        Assert.That(refused.ExitCode, Is.EqualTo(1), refused.ToString());
        Assert.That(refused.Text.Split(" error ORC").Length - 1, Is.EqualTo(1), refused.ToString());
        Assert.That(refused.Text, Does.Contain("error ORC4017").And.Contain("0 superseded key tags removed"), refused.ToString());
        Assert.That((usage.ExitCode, gone.ExitCode), Is.EqualTo((2, 1)), gone.ToString());
        Assert.That(gone.Text, Does.Contain("error ORC4003"), gone.ToString());
    }

    [Test]
    public async Task Of_images_in_one_repository_each_keeps_its_newest()
    {
        await using var fixture = await PublishFixture.OpenAsync(TestEngines.Labels.First());
        var repository = fixture.Repository
            .Write("images.yml", $"name: @\nregistry: {fixture.Registry.Host}/acme\ncache: {{ registry: true }}\nimages:\n  @-app:\n    context: app\n    targets: {{ a: {{ tag: a }}, b: {{ tag: latest }} }}\n");
        var pushed = new List<IEnumerable<string>>();
        foreach (var word in (string[])["1", "2", "3", "4"])
        {
            await NextSecondAsync();
            repository.Write("app/Dockerfile", $"FROM scratch AS a\nCOPY data /data\nENV A={word}\nFROM scratch AS b\nCOPY data /data\nENV B=1\n").Write("app/data", "data");
            var outcome = await repository.RunAsync("push", "--build");
            Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
            pushed.Add([.. (await fixture.TagsAsync("app")).Except(pushed.SelectMany(tags => tags))]);
        }

        var cleaned = await repository.RunAsync("clean", "--registry", "--keep", "1");

        var left = await fixture.TagsAsync("app");
        Assert.That(pushed.Select(tags => tags.Count()), Is.EqualTo(new[] { 2, 1, 1, 1 }));
        Assert.That(cleaned.Text, Does.Contain("3 superseded key tags removed"), cleaned.ToString());
        Assert.That((left.Intersect(pushed[0]).Count(), left.Intersect(pushed[3]).Count()), Is.EqualTo((1, 1)), cleaned.ToString());
    }

    [Test]
    public async Task Each_tag_is_not_read_again_for_each_key_tag_that_goes()
    {
        const int Builds = 12;
        await using var fixture = await PublishFixture.OpenAsync(TestEngines.Labels.First(), logsRequests: true);
        await PushAsync(fixture, Builds);
        for (var tag = 0; tag < 20; tag++)
        {
            await fixture.MoveAsync("left", $"other-{tag}", "right", "latest");
        }

        var before = fixture.Registry.Requests.Count;
        var cleaned = await fixture.Repository.RunAsync("clean", "--registry", "--keep", "0");

        var requests = fixture.Registry.Requests.Skip(before).Where(request => request.Contains("/manifests/", StringComparison.Ordinal) && !request.Contains("\"DELETE ", StringComparison.Ordinal)).ToList();
        Assert.That(cleaned.Text, Does.Contain($"{Builds - 1} superseded key tags removed"), cleaned.ToString());
        Assert.That(requests, Has.Count.LessThan(20 * Builds), "a request for each of the others, for each key tag");
        Assert.That((await fixture.TagsAsync("left")).Count(tag => tag.StartsWith("other-", StringComparison.Ordinal)), Is.EqualTo(20));
    }

    [Test]
    public async Task The_key_tag_that_the_graph_has_now_stays_however_old_it_is()
    {
        await using var fixture = await PublishFixture.OpenAsync(TestEngines.Labels.First());
        var keys = await PushAsync(fixture, builds: 4);
        fixture.Repository.Write("left/Dockerfile", Dockerfile("@-base", 1));

        var cleaned = await fixture.Repository.RunAsync("clean", "--registry", "--keep", "1");

        Assert.That(cleaned.Text, Does.Contain("2 superseded key tags removed").And.Not.Contain("cannot be told"), cleaned.ToString());
        Assert.That((await fixture.TagsAsync("left")).Where(tag => tag != "latest"), Is.EquivalentTo(new[] { keys[1], keys[3] }), cleaned.ToString());
    }

    [Test]
    public async Task Without_an_engine_registries_tell_what_the_graph_has_now()
    {
        await using var fixture = await PublishFixture.OpenAsync(TestEngines.Labels.First());
        await PushAsync(fixture, builds: 1);
        await fixture.MoveInAsync("outside", "1", fixture.Name("base"), "latest");
        var outside = fixture.Registry.Host + "/outside:1";
        var keys = await PushAsync(fixture, builds: 3, outside);
        fixture.Repository.Write("left/Dockerfile", Dockerfile(outside, 1));
        LeaveEngine(fixture);

        var cleaned = await fixture.Repository.RunAsync("clean", "--registry", "--keep", "1");

        Assert.That(cleaned.Text, Does.Contain("4 superseded key tags removed").And.Not.Contain("cannot be told"), cleaned.ToString());
        Assert.That((await fixture.TagsAsync("left")).Where(tag => tag != "latest"), Is.EquivalentTo(new[] { keys[1], keys[2] }), cleaned.ToString());
    }

    [Test]
    public async Task An_image_for_several_platforms_has_its_key_on_any_machine()
    {
        await using var fixture = await PublishFixture.OpenAsync(TestEngines.Labels.FirstOrDefault(label => label == "containerd") ?? TestEngines.Labels.First());
        var repository = fixture.WriteServices("\"{version}\"").Write("base/Dockerfile", "FROM scratch\nCOPY data /data\n");
        repository.Write("images.yml", File.ReadAllText(Path.Join(repository.Root, "images.yml")) + "defaults: { platforms: [arm64, amd64] }\n")
            .Write("right/Dockerfile", "FROM @-base\nENV SIDE=right\n");
        foreach (var side in (string[])["1", "2", "3"])
        {
            var pushed = await repository.Write("left/Dockerfile", $"FROM @-base\nENV SIDE={side}\n").RunAsync("push", "--build", "--version", $"1.{side}.0");
            Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
        }

        var present = "key-" + await fixture.KeyAsync("left", "1.1.0");
        foreach (var version in (string[])["1.1.0", "1.2.0", "1.3.0"])
        {
            await fixture.MoveAsync("left", version, "right", "1.1.0");
        }

        repository.Write("left/Dockerfile", "FROM @-base\nENV SIDE=1\n");
        LeaveEngine(fixture);

        var cleaned = await repository.RunAsync("clean", "--registry", "--keep", "0");

        Assert.That(cleaned.Text, Does.Contain("2 superseded key tags removed").And.Not.Contain("cannot be told"), cleaned.ToString());
        Assert.That(await fixture.TagsAsync("left"), Is.EquivalentTo(new[] { "1.1.0", "1.2.0", "1.3.0", present }), cleaned.ToString());
    }

    [Test]
    public async Task Where_nobody_tells_what_an_image_is_built_on_its_key_tags_stay_and_that_is_said([Values] bool refuses)
    {
        await using var fixture = await PublishFixture.OpenAsync(TestEngines.Labels.First());
        await PushAsync(fixture, builds: 4, "local/busybox");
        var before = await fixture.TagsAsync("left");
        await using var engine = await FaultyProxy.StartAsync(fixture.Registry.Host);
        engine.Fault = Refuse;
        LeaveEngine(fixture, refuses ? "tcp://" + engine.Host : NoEngine);

        var cleaned = await fixture.Repository.RunAsync("clean", "--registry", "--keep", "1");

        Assert.That(cleaned.ExitCode, Is.Zero, cleaned.ToString());
        Assert.That(cleaned.Text, Does.Contain("kept 3 key tags of left that newer builds superseded, for the key that it has now cannot be told: ").And.Contain("local/busybox").And.Contain("0 superseded key tags removed"), cleaned.ToString());
        Assert.That(await fixture.TagsAsync("left"), Is.EqualTo(before));
    }

    /// <summary>As a proxy before an engine answers whoever may not ask.</summary>
    private static Task<bool> Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.FromResult(true);
    }

    /// <summary>Images tell the second in which they were built, and of two in one nobody can say which is newer.</summary>
    private static async Task NextSecondAsync()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        while (DateTimeOffset.UtcNow.ToUnixTimeSeconds() == now)
        {
            await Task.Delay(20);
        }
    }

    private static void LeaveEngine(PublishFixture fixture, string other = NoEngine) => fixture.Repository.Variables["DOCKER_HOST"] = other;

    private static string Dockerfile(string parent, int build) => $"FROM {parent}\nENV BUILD={build}\n";

    /// <summary>Pushes <c>left</c> several times, each time another one.</summary>
    /// <returns>The key tags, oldest first.</returns>
    private static async Task<List<string>> PushAsync(PublishFixture fixture, int builds, string parent = "@-base")
    {
        var repository = fixture.WriteServices("latest").Write("base/Dockerfile", "FROM scratch\nCOPY data /data\n").Write("right/Dockerfile", "FROM @-base\nENV SIDE=right\n");
        var before = (await fixture.TagsAsync("left")).ToList();
        var keys = new List<string>();
        for (var build = 0; build < builds; build++)
        {
            await NextSecondAsync();
            repository.Write("left/Dockerfile", Dockerfile(parent, build));
            var pushed = await repository.RunAsync("push", "--build");
            Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
            keys.Add((await fixture.TagsAsync("left")).Single(tag => tag.StartsWith("key-", StringComparison.Ordinal) && !keys.Contains(tag) && !before.Contains(tag)));
        }

        return keys;
    }
}
