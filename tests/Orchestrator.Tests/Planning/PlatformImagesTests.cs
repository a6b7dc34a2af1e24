using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Locking;
using Orchestrator.Planning;
using Orchestrator.Testing;
using Orchestrator.Tests.Keys;

namespace Orchestrator.Tests.Planning;

/// <summary>What an engine says of images for several platforms, and what is made of it.</summary>
internal sealed class PlatformImagesTests
{
    private static readonly ImageReference Source = ImageReference.Parse("debian");

    [Test]
    public async Task An_engine_that_does_not_show_a_platform_fails_that_image_alone()
    {
        await using var scripted = new ScriptedEngine(request => request.Contains("platform=", StringComparison.Ordinal)
            ? (400, """{"message":"unknown architecture."}""")
            : (200, """{"Id":"sha256:1","Os":"linux","Architecture":"amd64"}"""));
        await using var engine = Engine(scripted);

        var found = await new PlatformImages(engine, null!, LockFile.None, "linux/amd64").FindAsync(Source, ["linux/arm64"], pullMissing: true, pullAlways: false, CancellationToken.None);

        Assert.That(found.For("linux/arm64")!.Failure, Is.EqualTo("the engine cannot show it for linux/arm64: unknown architecture."));
    }

    [Test]
    public async Task A_build_that_lacks_a_platform_loses_its_key_tag()
    {
        using var repository = Repository();
        await using var scripted = new ScriptedEngine(request => request.StartsWith("DELETE ", StringComparison.Ordinal) ? (200, "[]")
            : request.Contains("arm64", StringComparison.Ordinal) ? (404, """{"message":"no such platform"}""")
            : (200, """{"Id":"sha256:1","Os":"linux","Architecture":"amd64"}"""));
        await using var engine = Engine(scripted);

        var lost = await BuiltPlatforms.CheckAsync(engine, repository.Resolved(), "app:key-1", CancellationToken.None);

        Assert.That(lost!.Rule, Is.EqualTo(Rules.PlatformContentMissing));
        Assert.That(scripted.Requests, Has.One.EqualTo("DELETE /images/app:key-1?force=0&noprune=1"));
    }

    [Test]
    public async Task A_build_that_has_all_of_its_platforms_keeps_its_key_tag()
    {
        using var repository = Repository();
        await using var scripted = new ScriptedEngine(request => (200, $$"""{"Id":"sha256:1","Os":"linux","Architecture":"{{(request.Contains("arm64", StringComparison.Ordinal) ? "arm64" : "amd64")}}"}"""));
        await using var engine = Engine(scripted);

        Assert.That(await BuiltPlatforms.CheckAsync(engine, repository.Resolved(), "app:key-1", CancellationToken.None), Is.Null);
        Assert.That(scripted.Requests, Has.None.StartsWith("DELETE"));
    }

    [Test]
    public void Two_images_that_differ_on_another_platform_alone_are_held_apart_where_that_one_is_taken()
    {
        var one = new ExternalImage(Source, "sha256:same") { ImageId = "sha256:1" };
        var two = one with { ImageId = "sha256:2" };
        var own = new ExternalUse("debian", Source, new SourceSpan("Dockerfile"));
        var other = own with { IsOtherPlatform = true };

        Assert.That((one.HeldFor(own), two.HeldFor(own)), Is.EqualTo(("sha256:same", "sha256:same")));
        Assert.That(new[] { one.HeldFor(other), two.HeldFor(other), one.HeldFor(own) }, Is.Unique);
    }

    [Test]
    public void A_failed_step_is_found_in_a_stage_that_only_a_later_platform_has()
    {
        using var repository = Repository();
        repository.Write("app/Dockerfile", "ARG TARGETARCH\nFROM debian AS on-amd64\nFROM debian AS on-arm64\nADD https://host/file /\nRUN two\nFROM on-${TARGETARCH}\n");
        repository.Write("images.lock", $"version 1\nhttp https://host/file sha256:{new string('a', 64)}\n");

        Assert.That(FailurePlace.Find(repository.Planned(), "/bin/sh -c two", "")?.Line, Is.EqualTo(5));
    }

    private static KeyRepository Repository()
    {
        var repository = new KeyRepository();
        repository.Write("images.yml", "images:\n  app: { context: app, platforms: [linux/amd64, linux/arm64] }\n");
        repository.Write("app/Dockerfile", "FROM scratch\nENV A=1\n");
        return repository;
    }

    private static DockerEngine Engine(ScriptedEngine scripted) => new(new DockerEndpoint(new Uri(scripted.Host), "a test", null));
}
