using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What passes by itself is no failed build.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class PassingFaultTests(string engine)
{
    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(TestEngines.Host(engine));

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task A_session_that_breaks_while_files_are_sent_is_opened_again()
    {
        const int Length = 8 << 20;
        await using var relay = new EngineRelay(TestEngines.Host(engine));
        _repository.WriteGraph("app").Write("app/Dockerfile", "FROM local/busybox\nCOPY content /content\nRUN : @ && wc -c < /content > /count\n").Write("app/content", new string('x', Length));
        _repository.Variables["DOCKER_HOST"] = relay.Host;
        relay.CutSession(Length / 2);

        var outcome = await _repository.RunAsync("build");

        Assert.That(relay.HasCut, outcome.ToString());
        Assert.That(outcome.Built, Is.EqualTo(new[] { "app" }), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("trying app again (1)"), outcome.ToString());
        Assert.That(await _repository.CatAsync("app", "/count"), Is.EqualTo($"{Length}"));
    }

    [TestCase("POST", "/tag?repo=held.")]
    [TestCase("GET", "orchestrator.invalid")]
    public async Task One_error_of_the_engine_stops_nothing_that_is_built_on_a_base(string method, string path)
    {
        var hasFailed = 0;
        var isBuilding = 0;
        await using var scripted = new ScriptedEngine(request =>
        {
            if (request == "POST /grpc")
            {
                Interlocked.Exchange(ref isBuilding, 1);
            }

            return Volatile.Read(ref isBuilding) == 1 && request.StartsWith(method + " ", StringComparison.Ordinal) && request.Contains(path, StringComparison.Ordinal) && Interlocked.Exchange(ref hasFailed, 1) == 0
                ? (500, """{"message":"database is locked"}""")
                : null;
        }, TestEngines.Host(engine));
        _repository.WriteGraph("base", "one", "two").Write("base/Dockerfile", "FROM local/busybox\nRUN : @ > /f\n");
        foreach (var child in (string[])["one", "two"])
        {
            _repository.Write($"{child}/Dockerfile", $"FROM @-base\nRUN : {child}\n");
        }

        _repository.Variables["DOCKER_HOST"] = scripted.Host;

        var outcome = await _repository.RunAsync("build");

        Assert.That(hasFailed, Is.EqualTo(1), string.Join('\n', scripted.Requests));
        Assert.That(outcome.Built, Is.EquivalentTo(new[] { "base", "one", "two" }), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("database is locked").And.Contain("again (1)"), outcome.ToString());
    }
}
