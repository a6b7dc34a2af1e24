using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>Key tags are dropped while the registry is used by others, or answers no questions about what an image is built on.</summary>
[Category("Engine")]
internal sealed class SimultaneousCleaningTests : SimultaneousFixture
{
    private readonly List<string> _keys = [];

    private string Outside => Proxy.Host + "/outside:1";

    /// <summary>Four builds of <c>left</c>, on an image that its registry and the engine have; the key of each, oldest first.</summary>
    [SetUp]
    public async Task PublishAsync()
    {
        Repository.Write("base/Dockerfile", "FROM scratch\nCOPY data /data\n").Write("right/Dockerfile", "FROM @-base\nENV SIDE=right\n").Write("left/Dockerfile", "FROM @-base\nENV SIDE=left\n");
        await PushAsync("0.1.0");
        await Fixture.MoveInAsync("outside", "1", Fixture.Name("base"), "0.1.0");
        await Repository.DockerAsync("pull", Outside);
        for (var build = 0; build < 4; build++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1)); // images tell the second in which they were built
            Repository.Write("left/Dockerfile", $"FROM {Outside}\nENV SIDE={build}\n");
            var version = string.Create(CultureInfo.InvariantCulture, $"1.{build}.0");
            await PushAsync(version);
            _keys.Add("key-" + await Fixture.KeyAsync("left", version));
            Remove("left", version);
        }

        Remove("left", "latest");
    }

    [TearDown]
    public void Forget() => _keys.Clear();

    [Test]
    public async Task A_key_tag_that_came_to_stand_for_another_image_meanwhile_stays()
    {
        Proxy.Fault = async context =>
        {
            if (IsOutside(context))
            {
                await Fixture.MoveAsync("left", _keys[0], "right", "1.3.0");
            }

            return false;
        };

        var cleaned = await Repository.RunAsync("clean", "--registry", "--keep", "1");

        Assert.That(cleaned.Text, Does.Contain($"kept {Proxy.Host}/acme/left:{_keys[0]}"), cleaned.ToString());
        Assert.That((await Fixture.TagsAsync("left")).Intersect(_keys), Is.EquivalentTo(new[] { _keys[0], _keys[3] }), cleaned.ToString());
    }

    [Test]
    public async Task Where_a_registry_has_no_time_for_questions_the_engine_alone_does_not_say_what_agents_build_on()
    {
        var asked = 0;
        Proxy.Fault = context =>
        {
            if (!IsOutside(context))
            {
                return Task.FromResult(false);
            }

            Interlocked.Increment(ref asked);
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Task.FromResult(true);
        };

        var cleaned = await Repository.RunAsync("clean", "--registry", "--keep", "1");

        Assert.That(cleaned.ExitCode, Is.Zero, cleaned.ToString());
        Assert.That(cleaned.Text, Does.Contain("of left that newer builds superseded, for the key that it has now cannot be told: nobody here tells what `" + Outside).And.Contain("429"), cleaned.ToString());
        Assert.That((await Fixture.TagsAsync("left")).Intersect(_keys), Is.EquivalentTo(_keys), cleaned.ToString());
        Assert.That(asked, Is.EqualTo(1), "it was asked again");
    }

    [Test]
    public async Task What_its_registry_does_not_have_the_engine_tells()
    {
        Directory.Delete(Path.Join(Fixture.Registry.Storage, "docker/registry/v2/repositories/outside"), recursive: true);

        var cleaned = await Repository.RunAsync("clean", "--registry", "--keep", "1");

        Assert.That((await Fixture.TagsAsync("left")).Intersect(_keys), Is.EquivalentTo(new[] { _keys[3] }), cleaned.ToString());
    }

    private static bool IsOutside(HttpContext context) => context.Request.Path.StartsWithSegments("/v2/outside/manifests", StringComparison.Ordinal);

    private async Task PushAsync(string version)
    {
        var pushed = await Repository.RunAsync("push", "--build", "--version", version);
        Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
    }
}
