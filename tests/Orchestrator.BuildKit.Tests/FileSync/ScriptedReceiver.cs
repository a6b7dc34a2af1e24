using System.Threading.Channels;
using Google.Protobuf;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.Tests.FileSync;

/// <summary>The daemon's side of a transfer, played by a test packet by packet.</summary>
internal sealed class ScriptedReceiver : IAsyncDisposable
{
    private readonly Channel<byte[]> _toTest = Channel.CreateBounded<byte[]>(4);
    private readonly Channel<Packet> _toSender = Channel.CreateUnbounded<Packet>();
    private readonly CancellationTokenSource _cancel = new();
    private readonly FileSender _sender;

    public ScriptedReceiver(ISyncTree tree, SyncFilter? filter = null)
    {
        _sender = new FileSender(tree, filter ?? SyncFilter.None, ReceiveAsync, SendAsync, failure => Failure = failure);
        Run = RunAsync();
    }

    /// <summary>Ends as the sender ends.</summary>
    public Task Run { get; }

    /// <summary>What the sender said of itself before it told the receiver.</summary>
    public Exception? Failure { get; private set; }

    public long MaxPacketLength { get; private set; }

    /// <summary>Lists until the empty STAT.</summary>
    public async Task<List<Stat>> ExpectListAsync()
    {
        var list = new List<Stat>();
        while (true)
        {
            var packet = await NextAsync();
            Assert.That(packet.Type, Is.EqualTo(Packet.Types.PacketType.Stat));
            if (packet.Stat is null)
            {
                return list;
            }

            list.Add(packet.Stat);
        }
    }

    public async Task<Packet> NextAsync() => Packet.Parser.ParseFrom(await _toTest.Reader.ReadAsync());

    public async Task ExpectAsync(Packet.Types.PacketType type) => Assert.That((await NextAsync()).Type, Is.EqualTo(type));

    public async Task<string> ExpectErrorAsync()
    {
        Packet packet;
        do
        {
            packet = await NextAsync();
        }
        while (packet.Type != Packet.Types.PacketType.Err);
        return packet.Data.ToStringUtf8();
    }

    /// <summary>The content of files, by id, until each has ended.</summary>
    public async Task<Dictionary<uint, long>> ExpectFilesAsync(params uint[] ids)
    {
        var lengths = ids.ToDictionary(id => id, _ => 0L);
        var open = ids.ToHashSet();
        while (open.Count > 0)
        {
            var packet = await NextAsync();
            Assert.That(packet.Type, Is.EqualTo(Packet.Types.PacketType.Data));
            Assert.That(open, Does.Contain(packet.ID));
            lengths[packet.ID] += packet.Data.Length;
            if (packet.Data.IsEmpty)
            {
                open.Remove(packet.ID);
            }
        }

        return lengths;
    }

    public void Request(uint id) => Send(new Packet { Type = Packet.Types.PacketType.Req, ID = id });

    public void Send(Packet.Types.PacketType type, string text = "") => Send(new Packet { Type = type, Data = ByteString.CopyFromUtf8(text) });

    public void End() => _toSender.Writer.TryComplete();

    public void Cancel() => _cancel.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _cancel.CancelAsync();
        await Run.ContinueWith(_ => { }, TaskScheduler.Default);
        _sender.Dispose();
        _cancel.Dispose();
    }

    private void Send(Packet packet) => _toSender.Writer.TryWrite(packet);

    private Task RunAsync() => _sender.RunAsync(_cancel.Token);

    private async ValueTask<Packet?> ReceiveAsync(CancellationToken cancellationToken) =>
        await _toSender.Reader.WaitToReadAsync(cancellationToken) && _toSender.Reader.TryRead(out var packet) ? packet : null;

    // The packet is read out at once: its bytes belong to a buffer that is used again.
    private async ValueTask SendAsync(Packet packet, bool flush)
    {
        MaxPacketLength = Math.Max(MaxPacketLength, packet.CalculateSize());
        await _toTest.Writer.WriteAsync(packet.ToByteArray(), _cancel.Token);
    }
}
