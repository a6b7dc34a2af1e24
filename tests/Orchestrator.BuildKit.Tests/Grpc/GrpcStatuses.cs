using System.Net;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.Grpc;

namespace Orchestrator.BuildKit.Tests.Grpc;

internal sealed class GrpcStatuses
{
    [TestCase("plain", "plain")]
    [TestCase("a%20b%25", "a b%")]
    [TestCase("%E2%82%AC", "€")]
    [TestCase("50% of %zz and %4", "50% of %zz and %4")]
    [TestCase("😀%0A", "😀\n")]
    public void Messages_are_decoded_leniently(string encoded, string expected) =>
        Assert.That(PercentEncoding.Decode(encoded), Is.EqualTo(expected));

    [TestCase("a b~", "a b~")]
    [TestCase("100%\n€", "100%25%0A%E2%82%AC")]
    public void Messages_are_encoded_to_printable_ascii(string text, string expected) =>
        Assert.That(PercentEncoding.Encode(text), Is.EqualTo(expected));

    [TestCase("AQI", "0102")]
    [TestCase("AQI=", "0102")]
    [TestCase("AQID", "010203")]
    [TestCase("", "")]
    [TestCase("?", "")]
    public void Binary_metadata_comes_with_and_without_padding(string text, string expected) =>
        Assert.That(Convert.ToHexString(GrpcTrailers.DecodeBinary(text).Span), Is.EqualTo(expected));

    [TestCase(404, GrpcStatusCode.Unimplemented)]
    [TestCase(503, GrpcStatusCode.Unavailable)]
    [TestCase(400, GrpcStatusCode.Internal)]
    [TestCase(500, GrpcStatusCode.Unknown)]
    public void An_answer_without_status_is_judged_by_http(int http, GrpcStatusCode expected) =>
        Assert.That(GrpcTrailers.FromHttp((HttpStatusCode)http), Is.EqualTo(expected));

    [Test]
    public void Details_are_json_in_any_case_with_zeros_left_out()
    {
        var failure = Failure(
            ("github.com/moby/buildkit/errdefs.Vertex+json", """{"digest":"sha256:1"}"""),
            ("github.com/moby/buildkit/errdefs.Source+json",
                """{"info":{"filename":"Dockerfile","data":"RlJPTSB4"},"ranges":[{"start":{"Line":4},"end":{"Line":5,"Character":2}},{"start":{"line":7},"end":{}}]}"""),
            ("github.com/moby/buildkit/gatewayapi.ExitMessage+json", """{"Code":137}"""),
            ("github.com/moby/buildkit/stack.Stack+json", "not even json"));
        Assert.That(failure.VertexDigest, Is.EqualTo("sha256:1"));
        Assert.That(failure.Sources, Is.EqualTo(new[] { new SourceRange("Dockerfile", 4, 5, 0, 2), new SourceRange("Dockerfile", 7, 7) }));
        Assert.That(Encoding.UTF8.GetString(failure.SourceText.Span), Is.EqualTo("FROM x"));
        Assert.That(failure.ExitCode, Is.EqualTo(137));
        Assert.That(failure.Details, Has.Count.EqualTo(4));
    }

    [Test]
    public void Details_that_cannot_be_read_do_no_harm()
    {
        var failure = Failure(("github.com/moby/buildkit/errdefs.Source+json", "[1"), ("github.com/moby/buildkit/errdefs.Vertex+json", "null"));
        Assert.That(failure.Message, Is.EqualTo("it failed"));
        Assert.That(failure.Sources, Is.Empty);
        Assert.That(failure.VertexDigest, Is.Null);

        var garbage = new SolveException(new GrpcStatusException(new GrpcStatus(GrpcStatusCode.Unknown, "x", new byte[] { 0xFF, 0xFF })));
        Assert.That(garbage.Details, Is.Empty);
    }

    private static SolveException Failure(params (string Type, string Json)[] details)
    {
        var status = new Protos.Status
        {
            Code = 2,
            Message = "it failed",
            Details = { details.Select(detail => new Any { TypeUrl = detail.Type, Value = ByteString.CopyFromUtf8(detail.Json) }) },
        };
        return new SolveException(new GrpcStatusException(new GrpcStatus(GrpcStatusCode.Unknown, "it failed", status.ToByteArray())));
    }
}
