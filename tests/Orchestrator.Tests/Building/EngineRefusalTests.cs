using Orchestrator.Building;
using Orchestrator.BuildKit;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Testing;
using Orchestrator.Tests.Keys;

namespace Orchestrator.Tests.Building;

/// <summary>What an engine refuses for good, and what may pass by itself.</summary>
internal sealed class EngineRefusalTests
{
    [Test, CancelAfter(30_000)]
    public async Task A_channel_that_the_engine_refuses_is_no_lost_connection([Values] bool isSession, CancellationToken cancellationToken)
    {
        await using var scripted = new ScriptedEngine(_ => (403, """{"message":"authorization denied by plugin"}"""));
        await using var engine = Engine(scripted);
        await using var client = new BuildKitClient(new EngineTransport(engine));

        var refusal = Assert.CatchAsync(() => OpenAsync(client, isSession, cancellationToken));

        Assert.That(refusal, Is.InstanceOf<DockerApiException>().With.Property("StatusCode").EqualTo(403).And.Message.Contains("authorization denied"));
        Assert.That(Transient.Is(refusal!), Is.False);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_channel_that_the_engine_cannot_open_now_may_open_later([Values] bool isSession, CancellationToken cancellationToken)
    {
        await using var scripted = new ScriptedEngine(_ => (503, """{"message":"starting"}"""));
        await using var engine = Engine(scripted);
        await using var client = new BuildKitClient(new EngineTransport(engine));

        var failure = Assert.CatchAsync(() => OpenAsync(client, isSession, cancellationToken));

        Assert.That(failure, Is.InstanceOf<BuildKitConnectionException>().With.Message.Contains("starting"));
        Assert.That(Transient.Is(failure!), Is.True);
    }

    /// <summary>One engine's hiccup must not stay with everything that is built on the image.</summary>
    [Test, CancelAfter(30_000)]
    public async Task A_base_that_could_not_be_held_is_held_by_the_next_who_asks(CancellationToken cancellationToken)
    {
        var asked = 0;
        await using var scripted = new ScriptedEngine(_ => Interlocked.Increment(ref asked) == 1 ? (500, """{"message":"database is locked"}""") : (201, ""));
        await using var engine = Engine(scripted);
        var held = new HeldImages(engine, null!, new HeldNames(Graph, DateTimeOffset.UnixEpoch));

        var failure = Assert.ThrowsAsync<DockerApiException>(() => held.HoldAsync(Base("sha256:1"), cancellationToken));
        var name = await held.HoldAsync(Base("sha256:1"), cancellationToken);

        Assert.That(Transient.Is(failure!), Is.True);
        Assert.That(name, Does.EndWith(":base-sha256-1"));
        Assert.That(scripted.Requests, Has.Count.EqualTo(2));
    }

    /// <summary>The engine may have done it all the same.</summary>
    [Test, CancelAfter(30_000)]
    public async Task A_name_that_nobody_waits_for_any_more_is_taken_away_with_the_rest(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var scripted = new ScriptedEngine(request =>
        {
            if (request.StartsWith("POST ", StringComparison.Ordinal))
            {
                stop.Cancel();
            }

            return request.StartsWith("DELETE ", StringComparison.Ordinal) ? (200, "[]") : (201, "");
        });
        await using var engine = Engine(scripted);
        var held = new HeldImages(engine, null!, new HeldNames(Graph, DateTimeOffset.UnixEpoch));

        Assert.CatchAsync<OperationCanceledException>(() => held.HoldAsync(Base("sha256:1"), stop.Token));
        await held.DropAsync();

        Assert.That(scripted.Requests.Last(), Does.StartWith("DELETE /images/held.").And.Contains("base-sha256-1"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_base_that_the_engine_does_not_have_is_told_by_its_name(CancellationToken cancellationToken)
    {
        await using var scripted = new ScriptedEngine(_ => (404, """{"message":"No such image: sha256:1"}"""));
        await using var engine = Engine(scripted);
        var held = new HeldImages(engine, null!, new HeldNames(Graph, DateTimeOffset.UnixEpoch));

        Assert.That(() => held.HoldAsync(Base("sha256:1"), cancellationToken), Throws.TypeOf<HeldImageGoneException>().With.Property("Shown").EqualTo("app"));
    }

    private static ImageGraph Graph => new() { Name = "g", Root = "/", File = "/images.yml", Images = [] };

    private static PlannedImage Base(string id)
    {
        using var repository = new KeyRepository();
        repository.Write("app/Dockerfile", "FROM scratch\nENV A=1\n");
        return repository.Planned() with { ImageId = id };
    }

    private static DockerEngine Engine(ScriptedEngine scripted) => new(new DockerEndpoint(new Uri(scripted.Host), "a test", null));

    private static Task OpenAsync(BuildKitClient client, bool isSession, CancellationToken cancellationToken) => isSession
        ? client.OpenSessionAsync(new BuildKit.Session.SessionOptions { SharedKey = "k" }, cancellationToken)
        : client.ListWorkersAsync(cancellationToken);
}
