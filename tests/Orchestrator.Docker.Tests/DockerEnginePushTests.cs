using System.Text;
using Orchestrator.Docker.Tests.Peers;

namespace Orchestrator.Docker.Tests;

public sealed class DockerEnginePushTests
{
    private ScriptedPeer _peer = null!;
    private DockerEngine _engine = null!;

    [SetUp]
    public void Listen()
    {
        _peer = new ScriptedPeer();
        _engine = new DockerEngine(_peer.Endpoint);
    }

    [TearDown]
    public async Task Close()
    {
        await _engine.DisposeAsync();
        _peer.Dispose();
    }

    [Test]
    public async Task Layers_are_told_and_the_digest_is_returned()
    {
        var told = new List<PushProgress>();
        var pushing = _engine.PushImageAsync("127.0.0.1:5000/a/b", "1", null, told.Add, Patience.Token);
        var (connection, request) = await _peer.AnswerAsync(Stream(
            """
            {"status":"The push refers to repository [127.0.0.1:5000/a/b]"}
            {"status":"Preparing","progressDetail":{},"id":"x"}
            {"status":"Pushing","progressDetail":{"current":43520,"total":1984168},"progress":"[=>   ]","id":"x"}
            {"status":"Pushed","progressDetail":{},"id":"x"}
            {"status":"Layer already exists","progressDetail":{},"id":"y"}
            {"status":"Mounted from a/c","progressDetail":{},"id":"z"}
            {"status":"Retrying in 5 seconds","progressDetail":{},"id":"w"}
            {"status":"1: digest: sha256:0 size: 527"}
            {"progressDetail":{},"aux":{"Tag":"1","Digest":"sha256:0","Size":527}}

            """));
        using var closing = connection;

        Assert.That(await pushing, Is.EqualTo("sha256:0"));
        Assert.That(told, Is.EqualTo(new PushProgress[]
        {
            new("x", PushedLayer.Pushing, 0), new("x", PushedLayer.Pushing, 43520) { Total = 1984168 }, new("x", PushedLayer.Pushed, 0), new("y", PushedLayer.Present, 0), new("z", PushedLayer.Mounted, 0), new("w", PushedLayer.Retrying, 0),
        }));
        Assert.That(request, Does.StartWith("POST /images/127.0.0.1:5000/a/b/push?tag=1 HTTP/1.1\r\n").And.Contain("\r\nX-Registry-Auth: e30=\r\n"));
    }

    [Test]
    public async Task Credentials_go_where_the_engine_looks_for_them()
    {
        var pushing = _engine.PushImageAsync("a", "1", new RegistryCredentials("me", "secret", IsIdentityToken: false), null, Patience.Token);
        var (connection, request) = await _peer.AnswerAsync(Stream(""));
        using var closing = connection;

        Assert.That(await pushing, Is.Null);
        Assert.That(request, Does.Contain("X-Registry-Auth: " + Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"username":"me","password":"secret","serveraddress":"https://index.docker.io/v1/"}"""))));
    }

    [Test]
    public async Task An_error_in_the_middle_of_the_stream_is_an_error()
    {
        var pushing = _engine.PushImageAsync("a", "1", null, null, Patience.Token);
        using var connection = (await _peer.AnswerAsync(Stream(
            """{"status":"Preparing","id":"x"}""" + "\r\n" + """{"errorDetail":{"message":"no basic auth credentials"},"error":"no basic auth credentials"}"""))).Connection;

        Assert.That(() => pushing, Throws.TypeOf<DockerApiException>().With.Property("EngineMessage").EqualTo("no basic auth credentials"));
    }

    private static string Stream(string body) => $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
}
