using System.Text;
using Orchestrator.Docker.Http;

namespace Orchestrator.Docker.Tests.Http;

public sealed class HttpRequestTests
{
    [Test]
    public void A_request_has_a_host_and_no_body() =>
        Assert.That(Bytes(new HttpRequest("GET", "/_ping")), Is.EqualTo("GET /_ping HTTP/1.1\r\nHost: h\r\n\r\n"));

    [Test]
    public void A_post_says_that_it_has_no_body() =>
        Assert.That(Bytes(new HttpRequest("POST", "/x")), Is.EqualTo("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n"));

    [Test]
    public void A_body_is_announced_as_json_with_its_length_in_bytes() =>
        Assert.That(
            Bytes(new HttpRequest("POST", "/x") { Body = Encoding.UTF8.GetBytes("\"ä\"") }),
            Is.EqualTo("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nContent-Type: application/json\r\n\r\n\"ä\""));

    [Test]
    public void An_upgrade_repeats_headers_as_given()
    {
        var request = new HttpRequest("POST", "/session") { Upgrade = "h2c", Headers = [new("X-A", "1"), new("X-A", "2")] };

        Assert.That(
            Bytes(request),
            Is.EqualTo("POST /session HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nX-A: 1\r\nX-A: 2\r\n\r\n"));
    }

    [TestCase("X", "a\r\nEvil: 1")]
    [TestCase("X", "a\nb")]
    [TestCase("X", "a\0b")]
    [TestCase("X\r\nEvil", "a")]
    [TestCase("X:", "a")]
    [TestCase("", "a")]
    public void Headers_that_would_become_two_are_refused(string name, string value) =>
        Assert.That(() => Bytes(new HttpRequest("GET", "/") { Headers = [new(name, value)] }), Throws.ArgumentException);

    [TestCase("/a b")]
    [TestCase("/a\r\nEvil: 1")]
    [TestCase("/ä")]
    [TestCase("")]
    public void Targets_that_are_not_escaped_are_refused(string target) =>
        Assert.That(() => Bytes(new HttpRequest("GET", target)), Throws.ArgumentException);

    private static string Bytes(HttpRequest request) => Encoding.UTF8.GetString(request.ToBytes("h"));
}
