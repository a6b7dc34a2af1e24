using System.Text;
using Orchestrator.Docker.Tests.Peers;

namespace Orchestrator.Docker.Tests;

public sealed class DockerEngineUpgradeTests
{
    private const string Switching = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";

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
    public async Task The_request_names_the_protocol_and_repeats_headers()
    {
        var upgrading = _engine.UpgradeAsync("/session", "h2c", [new("X-M", "/a/B"), new("X-M", "/c/D")], Patience.Token);
        var (connection, request) = await _peer.AnswerAsync(Switching);
        await using var stream = await upgrading;

        Assert.That(
            request,
            Is.EqualTo("POST /session HTTP/1.1\r\nHost: api.moby.localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nX-M: /a/B\r\nX-M: /c/D\r\n\r\n"));
        connection.Dispose();
    }

    [Test]
    public async Task Bytes_that_came_with_the_answer_are_read_first_and_both_directions_work()
    {
        var upgrading = _engine.UpgradeAsync("/session", "h2c", [], Patience.Token);
        var (connection, _) = await _peer.AnswerAsync(Switching + "PRI * HTTP/2.0");
        await using var stream = await upgrading;

        await stream.WriteAsync("from us"u8.ToArray(), Patience.Token);
        await connection.SendAsync("\r\n\r\nSM");

        Assert.That(await connection.ExpectAsync(7), Is.EqualTo("from us"));
        Assert.That(await ReadAsync(stream, 20), Is.EqualTo("PRI * HTTP/2.0\r\n\r\nSM"));
        connection.Dispose();
        Assert.That(await stream.ReadAsync(new byte[1], Patience.Token), Is.Zero);
    }

    [Test]
    public async Task An_answer_that_arrives_byte_by_byte_loses_nothing()
    {
        var upgrading = _engine.UpgradeAsync("/grpc", "h2c", [], Patience.Token);
        using var connection = await _peer.AcceptAsync();
        await connection.ExpectHeadAsync();
        foreach (var character in Switching + "xyz")
        {
            await connection.SendAsync(character.ToString());
        }

        await using var stream = await upgrading;

        Assert.That(await ReadAsync(stream, 3), Is.EqualTo("xyz"));
    }

    [TestCase(400, "session x already exists")]
    [TestCase(404, "page not found")]
    [TestCase(500, "no upgrade proto in request")]
    public async Task A_refusal_is_an_error_of_the_engine(int status, string message)
    {
        var upgrading = _engine.UpgradeAsync("/grpc", "h2c", [], Patience.Token);
        var body = $"{{\"message\":\"{message}\"}}";
        using var connection = (await _peer.AnswerAsync($"HTTP/1.1 {status} X\r\nContent-Length: {body.Length}\r\n\r\n{body}")).Connection;

        var error = Assert.ThrowsAsync<DockerApiException>(() => upgrading);

        Assert.That((error!.StatusCode, error.EngineMessage), Is.EqualTo((status, message)));
        Assert.That(await connection.IsClosedByClientAsync(), Is.True);
    }

    [Test]
    public async Task A_success_that_does_not_switch_is_an_error_as_well()
    {
        var upgrading = _engine.UpgradeAsync("/grpc", "h2c", [], Patience.Token);
        using var connection = (await _peer.AnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")).Connection;

        Assert.That(() => upgrading, Throws.TypeOf<DockerApiException>().With.Message.Contains("/grpc did not switch to h2c"));
    }

    [Test]
    public async Task A_connection_that_closes_instead_of_answering_is_unreachable()
    {
        var upgrading = _engine.UpgradeAsync("/grpc", "h2c", [], Patience.Token);
        (await _peer.AnswerAsync("")).Connection.Dispose();

        Assert.That(() => upgrading, Throws.TypeOf<DockerUnreachableException>().With.Message.Contains("without an answer"));
    }

    [Test]
    public void A_header_with_a_line_break_is_never_sent()
    {
        Assert.That(() => _engine.UpgradeAsync("/session", "h2c", [new("X", "a\r\nY: b")], Patience.Token), Throws.ArgumentException);
        Assert.That(_peer.HasWaitingConnection, Is.False);
    }

    private static async Task<string> ReadAsync(Stream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, Patience.Token);
        return Encoding.ASCII.GetString(bytes);
    }
}
