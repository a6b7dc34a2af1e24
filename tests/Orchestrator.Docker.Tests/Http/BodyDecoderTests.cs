using System.Text;
using Orchestrator.Docker.Http;

namespace Orchestrator.Docker.Tests.Http;

public sealed class BodyDecoderTests
{
    private const string Chunks = "5\r\nhello\r\n1A;ext=\"x\"\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nTrailer: x\r\nOther: y\r\n\r\n";
    private const string Decoded = "helloabcdefghijklmnopqrstuvwxyz";

    [Test]
    public void A_chunked_body_is_the_same_wherever_it_is_cut_in_two()
    {
        var bytes = Encoding.ASCII.GetBytes(Chunks);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var decoder = new ChunkedDecoder();
            var text = Decode(decoder, bytes[..cut], 1000);
            Assert.That(decoder.IsComplete, Is.EqualTo(cut == bytes.Length), $"cut at {cut}");
            text += Decode(decoder, bytes[cut..], 1000);

            Assert.That(text, Is.EqualTo(Decoded), $"cut at {cut}");
            Assert.That(decoder.IsComplete, Is.True);
        }
    }

    [Test]
    public void A_chunked_body_is_the_same_for_any_size_of_the_readers_buffer([Values(1, 2, 7, 64)] int wanted)
    {
        Assert.That(Decode(new ChunkedDecoder(), Encoding.ASCII.GetBytes(Chunks), wanted), Is.EqualTo(Decoded));
    }

    [Test]
    public void Bytes_behind_a_chunked_body_are_not_eaten()
    {
        var decoder = new ChunkedDecoder();

        var step = decoder.Decode("0\r\n\r\nHTTP/1.1"u8, 100);

        Assert.That(step, Is.EqualTo(new BodyStep(5, 0)));
        Assert.That(decoder.IsComplete, Is.True);
    }

    [TestCase("\r\n")]
    [TestCase("x\r\n")]
    [TestCase("-1\r\n")]
    [TestCase("5\n")]
    [TestCase("5\rx")]
    [TestCase("1\r\naXX")]
    [TestCase("1\r\na\rX")]
    [TestCase("1\r\na\r\n\r\n")]
    [TestCase("FFFFFFFFFFFFFFFF\r\n")]
    [TestCase("0\r\n\rX")]
    public void Malformed_chunks_are_refused(string text) =>
        Assert.That(() => Decode(new ChunkedDecoder(), Encoding.ASCII.GetBytes(text), 100), Throws.TypeOf<HttpFormatException>());

    [Test]
    public void Endless_trailers_are_refused()
    {
        var text = "0\r\nX: " + new string('x', HttpLimits.ChunkExtraBytes);

        Assert.That(() => Decode(new ChunkedDecoder(), Encoding.ASCII.GetBytes(text), 100), Throws.TypeOf<HttpFormatException>());
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", "abc", true)]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n", "abc", true)]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n", "abc", false)]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: Chunked\r\n\r\n", "3\r\nabc\r\n0\r\n\r\n", true)]
    [TestCase("HTTP/1.1 200 OK\r\n\r\n", "abc", false)]
    public void The_head_decides_the_framing(string head, string body, bool complete)
    {
        var decoder = For(head);

        Assert.That(Decode(decoder, Encoding.ASCII.GetBytes(body), 100), Is.EqualTo("abc"));
        Assert.That(decoder.IsComplete, Is.EqualTo(complete));
    }

    [TestCase("HTTP/1.1 204 No Content\r\n\r\n")]
    [TestCase("HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    public void Some_answers_have_no_body(string head) => Assert.That(For(head).IsComplete, Is.True);

    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    public void Framing_that_is_not_understood_is_refused(string head) =>
        Assert.That(() => For(head), Throws.TypeOf<HttpFormatException>());

    private static BodyDecoder For(string head)
    {
        ResponseHeadParser.TryRead(Encoding.ASCII.GetBytes(head), out var parsed, out _);
        return BodyDecoder.For(parsed!);
    }

    private static string Decode(BodyDecoder decoder, byte[] bytes, int wanted)
    {
        var text = "";
        var position = 0;
        while (position < bytes.Length && !decoder.IsComplete)
        {
            var step = decoder.Decode(bytes.AsSpan(position), wanted);
            position += step.Consumed;
            text += Encoding.ASCII.GetString(bytes, position - step.Data, step.Data);
        }

        return text;
    }
}
