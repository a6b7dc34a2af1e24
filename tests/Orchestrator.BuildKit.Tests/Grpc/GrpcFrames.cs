using System.Buffers;
using System.IO.Pipelines;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.Tests.Grpc;

internal sealed class GrpcFrames
{
    private static readonly byte[] TwoMessages = Convert.FromHexString("00000000030A0161" + "0000000000" + "00000000040A026263");

    [Test]
    public void A_message_is_a_flag_a_length_and_the_payload()
    {
        var frame = GrpcFrame.ToArray(new StatusRequest { Ref = "abc" });
        Assert.That(Convert.ToHexString(frame), Is.EqualTo("00000000050A03616263"));
    }

    [Test]
    public void An_empty_message_has_length_zero() =>
        Assert.That(Convert.ToHexString(GrpcFrame.ToArray(new Packet())), Is.EqualTo("0000000000"));

    [Test]
    public async Task Messages_are_read_whatever_the_pieces_they_arrive_in([Range(1, 21)] int first)
    {
        var pipe = new Pipe();
        var reader = new GrpcMessageReader(pipe.Reader);
        await pipe.Writer.WriteAsync(TwoMessages.AsMemory(0, first));
        var reading = ReadAllAsync(reader);
        foreach (var value in TwoMessages.AsSpan(first).ToArray())
        {
            await pipe.Writer.WriteAsync(new[] { value });
        }

        await pipe.Writer.CompleteAsync();
        Assert.That(await reading, Is.EqualTo(new[] { "a", "", "bc" }));
    }

    [Test]
    public async Task An_end_inside_a_message_is_an_error([Range(1, 7)] int length)
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(TwoMessages.AsMemory(0, length));
        await pipe.Writer.CompleteAsync();
        Assert.That(async () => await ReadAllAsync(new GrpcMessageReader(pipe.Reader)), Throws.InstanceOf<EndOfStreamException>());
    }

    [TestCase("0100000000", "compressed")]
    [TestCase("00FFFFFFFF", "4294967295")]
    public void What_is_no_frame_is_refused(string hex, string expected)
    {
        var buffer = new ReadOnlySequence<byte>(Convert.FromHexString(hex));
        Assert.That(() => GrpcFrame.TryRead(ref buffer, out _), Throws.InstanceOf<InvalidDataException>().With.Message.Contains(expected));
    }

    [Test]
    public async Task A_payload_of_another_kind_is_refused()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Convert.FromHexString("00000000020AFF"));
        await pipe.Writer.CompleteAsync();
        Assert.That(async () => await ReadAllAsync(new GrpcMessageReader(pipe.Reader)), Throws.InstanceOf<InvalidDataException>());
    }

    private static async Task<List<string>> ReadAllAsync(GrpcMessageReader reader)
    {
        var found = new List<string>();
        while (await reader.ReadAsync(StatusRequest.Parser, CancellationToken.None) is { } message)
        {
            found.Add(message.Ref);
        }

        return found;
    }
}
