using System.Text;
using Orchestrator.Docker.Http;

namespace Orchestrator.Docker.Tests.Http;

public sealed class ResponseHeadParserTests
{
    private const string Sample = "HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\nServer:Docker/28.5.2 (linux)  \r\nEmpty:\r\n\r\n";

    [Test]
    public void A_head_cut_at_any_byte_asks_for_more()
    {
        var bytes = Encoding.ASCII.GetBytes(Sample);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.That(ResponseHeadParser.TryRead(bytes.AsSpan(0, length), out _, out var consumed), Is.False, $"{length} bytes");
            Assert.That(consumed, Is.Zero);
        }
    }

    [Test]
    public void A_whole_head_is_read_and_what_follows_is_left()
    {
        var done = ResponseHeadParser.TryRead(Encoding.ASCII.GetBytes(Sample + "body"), out var head, out var consumed);

        Assert.That(done, Is.True);
        Assert.That(consumed, Is.EqualTo(Sample.Length));
        Assert.That(head!.Status, Is.EqualTo(200));
        Assert.That(head.Find("api-version"), Is.EqualTo("1.51"));
        Assert.That(head.Find("Server"), Is.EqualTo("Docker/28.5.2 (linux)"));
        Assert.That(head.Find("Empty"), Is.Empty);
        Assert.That(head.Find("Missing"), Is.Null);
    }

    [TestCase("HTTP/1.1 204\r\n\r\n", 204)]
    [TestCase("HTTP/1.1 204 \r\n\r\n", 204)]
    [TestCase("HTTP/1.0 404 Not Found\r\n\r\n", 404)]
    [TestCase("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n", 101)]
    public void Status_lines_are_read(string text, int status)
    {
        Assert.That(ResponseHeadParser.TryRead(Encoding.ASCII.GetBytes(text), out var head, out _), Is.True);
        Assert.That(head!.Status, Is.EqualTo(status));
    }

    [TestCase("SSH-2.0-OpenSSH", "does not begin like HTTP")]
    [TestCase("H2", "does not begin like HTTP")]
    [TestCase("HTTP/1.1 20x OK\r\n\r\n", "status line")]
    [TestCase("HTTP/1.1 2000\r\n\r\n", "status line")]
    [TestCase("HTTP/1.1 099 X\r\n\r\n", "status line")]
    [TestCase("HTTP/1.1\r\n\r\n", "status line")]
    [TestCase("HTTP/1.1 200 OK\r\nNo colon\r\n\r\n", "headers")]
    [TestCase("HTTP/1.1 200 OK\r\n: no name\r\n\r\n", "headers")]
    [TestCase("HTTP/1.1 200 OK\r\nName : x\r\n\r\n", "headers")]
    [TestCase("HTTP/1.1 200 OK\r\nName: a\nb\r\n\r\n", "headers")]
    public void Rubbish_is_refused(string text, string expected) =>
        Assert.That(
            () => ResponseHeadParser.TryRead(Encoding.ASCII.GetBytes(text), out _, out _),
            Throws.TypeOf<HttpFormatException>().With.Message.Contains(expected));

    [Test]
    public void A_head_without_end_is_refused_at_the_limit()
    {
        var text = "HTTP/1.1 200 OK\r\nX: " + new string('x', HttpLimits.HeadBytes);

        Assert.That(
            () => ResponseHeadParser.TryRead(Encoding.ASCII.GetBytes(text), out _, out _),
            Throws.TypeOf<HttpFormatException>().With.Message.Contains("longer than"));
    }

    [Test]
    public void Too_many_headers_are_refused()
    {
        var text = "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", HttpLimits.Headers + 1)) + "\r\n";

        Assert.That(
            () => ResponseHeadParser.TryRead(Encoding.ASCII.GetBytes(text), out _, out _),
            Throws.TypeOf<HttpFormatException>().With.Message.Contains("headers"));
    }

    [TestCase("HTTP/1.1 200 OK\r\n\r\n", true)]
    [TestCase("HTTP/1.1 200 OK\r\nConnection: x, CLOSE\r\n\r\n", false)]
    [TestCase("HTTP/1.0 200 OK\r\n\r\n", false)]
    public void Connections_are_kept_unless_the_peer_says_otherwise(string text, bool kept)
    {
        ResponseHeadParser.TryRead(Encoding.ASCII.GetBytes(text), out var head, out _);

        Assert.That(head!.KeepsAlive, Is.EqualTo(kept));
    }
}
