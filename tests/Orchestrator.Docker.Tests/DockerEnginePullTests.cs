using System.Text;
using Orchestrator.Docker.Tests.Peers;

namespace Orchestrator.Docker.Tests;

public sealed class DockerEnginePullTests
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

    [TestCase("alpine", "/images/create?fromImage=alpine&tag=latest")]
    [TestCase("localhost:5000/a", "/images/create?fromImage=localhost%3A5000%2Fa&tag=latest")]
    [TestCase("alpine:3.20", "/images/create?fromImage=alpine%3A3.20")]
    [TestCase("alpine@sha256:0", "/images/create?fromImage=alpine%40sha256%3A0")]
    public async Task Exactly_one_tag_is_pulled(string reference, string target)
    {
        var pulling = _engine.PullImageAsync(reference, null, null, Patience.Token);
        var (connection, request) = await _peer.AnswerAsync(Stream(""));
        await pulling;

        Assert.That(request, Does.StartWith($"POST {target} HTTP/1.1\r\n"));
        Assert.That(request, Does.Contain("X-Registry-Auth: e30="));
        connection.Dispose();
    }

    [Test]
    public async Task Progress_is_told_line_by_line()
    {
        var told = new List<PullProgress>();
        var pulling = _engine.PullImageAsync("a:1", null, told.Add, Patience.Token);
        using var connection = (await _peer.AnswerAsync(Stream(
            """{"status":"Downloading","id":"1","progressDetail":{"current":5,"total":9}}""" + "\r\n" + """{"status":"Digest: sha256:0"}""" + "\r\n"))).Connection;
        await pulling;

        Assert.That(told, Is.EqualTo(new PullProgress[] { new("1", "Downloading", 5, 9), new("", "Digest: sha256:0", 0, 0) }));
    }

    [Test]
    public async Task An_error_in_the_middle_of_the_stream_is_an_error()
    {
        var pulling = _engine.PullImageAsync("a:1", null, null, Patience.Token);
        using var connection = (await _peer.AnswerAsync(Stream(
            """{"status":"x"}""" + "\r\n" + """{"errorDetail":{"message":"toomanyrequests"},"error":"toomanyrequests"}"""))).Connection;

        Assert.That(() => pulling, Throws.TypeOf<DockerApiException>().With.Property("EngineMessage").EqualTo("toomanyrequests").And.Property("IsOfTransfer").True);
    }

    [Test]
    public async Task An_error_before_the_stream_is_an_error()
    {
        var pulling = _engine.PullImageAsync("a:1", null, null, Patience.Token);
        using var connection = (await _peer.AnswerAsync("HTTP/1.1 404 X\r\nContent-Length: 22\r\n\r\n{\"message\":\"no image\"}")).Connection;

        Assert.That(() => pulling, Throws.TypeOf<DockerApiException>().With.Property("StatusCode").EqualTo(404).And.Property("IsOfTransfer").True);
    }

    [Test]
    public async Task Lines_that_are_not_json_come_from_something_that_is_no_engine()
    {
        var pulling = _engine.PullImageAsync("a:1", null, null, Patience.Token);
        using var connection = (await _peer.AnswerAsync(Stream("<html>\n"))).Connection;

        Assert.That(() => pulling, Throws.TypeOf<DockerUnreachableException>().With.Message.Contains("cannot be understood"));
    }

    [TestCase("a:1", false, false, """{"username":"me","password":"pä>>??ss","serveraddress":"https://index.docker.io/v1/"}""")]
    [TestCase("docker.io/library/a:1", false, false, """{"username":"me","password":"pä>>??ss","serveraddress":"https://index.docker.io/v1/"}""")]
    [TestCase("team/a", false, false, """{"username":"me","password":"pä>>??ss","serveraddress":"https://index.docker.io/v1/"}""")]
    [TestCase("r.example:5000/a:1", true, false, """{"identitytoken":"pä>>??ss","serveraddress":"r.example:5000"}""")]
    [TestCase("localhost/a:1", false, true, """{"registrytoken":"pä>>??ss","serveraddress":"localhost"}""")]
    public async Task Credentials_travel_in_a_header_as_the_engine_reads_them(string reference, bool isToken, bool isRegistryToken, string expected)
    {
        var pulling = _engine.PullImageAsync(reference, new RegistryCredentials("me", "pä>>??ss", isToken) { IsRegistryToken = isRegistryToken }, null, Patience.Token);
        var (connection, request) = await _peer.AnswerAsync(Stream(""));
        await pulling;

        var header = request.Split("\r\n").Single(line => line.StartsWith("X-Registry-Auth: ", StringComparison.Ordinal));
        var value = header["X-Registry-Auth: ".Length..].Replace('-', '+').Replace('_', '/');
        var json = Encoding.UTF8.GetString(Convert.FromBase64String(value));
        Assert.That(System.Text.RegularExpressions.Regex.Unescape(json), Is.EqualTo(expected));
        connection.Dispose();
    }

    private static string Stream(string lines) =>
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + (lines.Length == 0 ? "" : $"{lines.Length:x}\r\n{lines}\r\n")
        + "0\r\n\r\n";
}
