using System.Text;

namespace Orchestrator.Docker.Tests;

/// <summary>The engine's framing of what a container writes.</summary>
public sealed class ContainerOutputTests
{
    [Test]
    public async Task Pieces_of_both_streams_come_in_their_order()
    {
        var read = await ReadAsync([1, 0, 0, 0, 0, 0, 0, 3, .. "abc"u8, 2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1, .. "!"u8, 1, 0, 0, 0, 0, 0, 0, 1, .. "d"u8]);

        Assert.That(read, Is.EqualTo("out:abc err:! out:d "));
    }

    [Test]
    public async Task A_piece_may_be_longer_than_what_is_read_at_once()
    {
        var text = new string('x', 100_000);

        var read = await ReadAsync([1, 0, 0, 0, 0, 1, 0x86, 0xA0, .. Encoding.UTF8.GetBytes(text)]);

        Assert.That(read.Replace("out:", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), Is.EqualTo(text));
    }

    [TestCase(new byte[] { 1, 0, 0 }, "it ended in the middle of a header")]
    [TestCase(new byte[] { 1, 0, 0, 0, 0, 0, 0, 3, 65 }, "it ended in the middle of a piece")]
    [TestCase(new byte[] { 72, 84, 84, 80, 47, 49, 46, 49 }, "it is not the output of a container")]
    public void Anything_else_is_a_conversation_that_broke_off(byte[] bytes, string reason) =>
        Assert.That(() => ReadAsync(bytes), Throws.TypeOf<DockerUnreachableException>().With.Message.Contains(reason));

    private static async Task<string> ReadAsync(byte[] bytes)
    {
        await using var output = new ContainerOutput(new MemoryStream(bytes), new Uri("unix:///engine.sock"));
        var read = new StringBuilder();
        while (await output.ReadAsync(CancellationToken.None) is { } chunk)
        {
            read.Append(chunk.IsError ? "err:" : "out:").Append(Encoding.UTF8.GetString(chunk.Data.Span)).Append(' ');
        }

        return read.ToString();
    }
}
