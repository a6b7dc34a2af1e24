using System.Buffers;
using System.Threading.Channels;
using Google.Protobuf;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Wire;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// The sender's side of fsutil's DiffCopy (buildkit-wire 5.2).
///
/// We send one STAT for each entry, in the order of <see cref="SyncFilter.Walk"/>; an entry's id is its position. At any time, also before the
/// list is complete, the receiver sends REQ for the regular files that it wants, each once. For each we send DATA chunks and one empty DATA.
/// An empty STAT ends the list. When the receiver has everything it sends FIN; we answer FIN and end the call. Either side may send ERR.
/// </summary>
internal sealed class FileSender(ISyncTree tree, SyncFilter filter, GrpcReader input, IPacketWriter output)
{
    private const int ChunkSize = 128 * 1024;
    private const int Senders = 4;

    private readonly List<SyncEntry?> _listed = [];
    private readonly Channel<(uint Id, SyncEntry Entry)> _wanted = Channel.CreateUnbounded<(uint, SyncEntry)>();

    /// <exception cref="SyncTreeException">The tree failed; the receiver was told.</exception>
    /// <exception cref="InvalidDataException">The receiver broke the protocol or gave up.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var tasks = new List<Task> { Watch(ListAsync(stop.Token), stop), Watch(ReceiveAsync(stop.Token), stop) };
        for (var i = 0; i < Senders; i++)
        {
            tasks.Add(Watch(SendWantedAsync(stop.Token), stop));
        }

        try
        {
            await FirstFailureAsync(tasks).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SyncTreeException or InvalidDataException)
        {
            await output.WriteAsync(new Packet { Type = Packet.Types.PacketType.Err, Data = ByteString.CopyFromUtf8(exception.Message) }, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The first task that fails stops the others; their cancellation is not the reason.</summary>
    private static async Task Watch(Task task, CancellationTokenSource stop)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task FirstFailureAsync(List<Task> tasks)
    {
        try
        {
            await Task.WhenAll(tasks).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            var reason = tasks.Find(task => task.IsFaulted);
            if (reason is not null)
            {
                await reason.ConfigureAwait(false);
            }

            throw;
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in filter.Walk(tree))
        {
            lock (_listed)
            {
                _listed.Add(GoFileMode.IsRegular(entry.Mode) ? entry : null);
            }

            var stat = new Stat { Path = entry.Path, Mode = entry.Mode, Size = entry.Size, ModTime = entry.ModifiedNanoseconds, Linkname = entry.LinkTarget ?? "" };
            await output.WriteAsync(new Packet { Type = Packet.Types.PacketType.Stat, Stat = stat }, cancellationToken).ConfigureAwait(false);
        }

        await output.WriteAsync(new Packet(), cancellationToken).ConfigureAwait(false);
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        while (await input.ReadAsync(Packet.Parser, cancellationToken).ConfigureAwait(false) is { } packet)
        {
            switch (packet.Type)
            {
                case Packet.Types.PacketType.Req:
                    _wanted.Writer.TryWrite((packet.Id, Take(packet.Id)));
                    break;
                case Packet.Types.PacketType.Fin:
                    _wanted.Writer.Complete();
                    await output.WriteAsync(new Packet { Type = Packet.Types.PacketType.Fin }, cancellationToken).ConfigureAwait(false);
                    return;
                case Packet.Types.PacketType.Err:
                    throw new InvalidDataException("the daemon gave up: " + packet.Data.ToStringUtf8());
                default:
                    throw new InvalidDataException($"the daemon sent a {packet.Type} packet, which only the sender of files may send");
            }
        }

        throw new InvalidDataException("the daemon ended the transfer before it was complete");
    }

    /// <summary>A regular file may be asked for once.</summary>
    private SyncEntry Take(uint id)
    {
        lock (_listed)
        {
            if (id < _listed.Count && _listed[(int)id] is { } entry)
            {
                _listed[(int)id] = null;
                return entry;
            }

            throw new InvalidDataException($"the daemon asked for entry {id}, which is no regular file that was listed and not yet sent");
        }
    }

    private async Task SendWantedAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            await foreach (var (id, entry) in _wanted.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await SendAsync(id, entry, buffer.AsMemory(0, ChunkSize), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task SendAsync(uint id, SyncEntry entry, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var content = tree.OpenRead(entry);
        await using (content.ConfigureAwait(false))
        {
            int read;
            do
            {
                read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                if (read > 0)
                {
                    // The writer serialises before it returns, so the buffer may be used again.
                    await output.WriteAsync(
                        new Packet { Type = Packet.Types.PacketType.Data, Id = id, Data = UnsafeByteOperations.UnsafeWrap(buffer[..read]) }, cancellationToken).ConfigureAwait(false);
                }
            }
            while (read == buffer.Length);
        }

        await output.WriteAsync(new Packet { Type = Packet.Types.PacketType.Data, Id = id }, cancellationToken).ConfigureAwait(false);
    }
}
