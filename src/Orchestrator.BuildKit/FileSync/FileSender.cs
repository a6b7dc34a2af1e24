using System.Buffers;
using System.Threading.Channels;
using Google.Protobuf;
using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// The sending role of fsutil's DiffCopy. Three kinds of work share the stream, one packet at a time:
/// <list type="number">
/// <item>the list: one STAT per entry, which takes the next id from 0, then an empty STAT;</item>
/// <item>the receiver's packets: REQ asks for a regular file by id, once, also while the list is under way; FIN ends; ERR aborts;</item>
/// <item>up to <see cref="Senders"/> files: DATA in chunks, then an empty DATA, also for an empty file.</item>
/// </list>
/// The receiver's FIN is answered by ours when everything is written; the caller then ends the call with OK. A failure on our side is told by ERR.
/// </summary>
internal sealed class FileSender : IDisposable
{
    public const int Senders = 4;

    // Far below what any daemon accepts as a message (4 MiB), large enough to make packets cheap.
    public const int ChunkLength = 256 * 1024;

    private const int UnflushedStats = 64;

    private readonly FilteredWalk _walk;
    private readonly ISyncTree _tree;
    private readonly Func<CancellationToken, ValueTask<Packet?>> _receive;
    private readonly Func<Packet, bool, ValueTask> _send;
    private readonly Action<Exception> _failing;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Channel<(uint Id, SyncEntry Entry)> _requests = Channel.CreateUnbounded<(uint, SyncEntry)>();
    private readonly Lock _gate = new();
    private readonly List<SyncEntry?> _sent = [];
    private volatile bool _isListed;

    /// <param name="tree">What to send.</param>
    /// <param name="filter">Which part of it.</param>
    /// <param name="receive">The receiver's next packet, or null at the end of its stream.</param>
    /// <param name="send">
    /// Writes a packet; the flag says whether it must leave at once. It ends by itself when the whole call is over and is cancelled by nothing else: the server resets a call
    /// whose writing is cancelled, and the receiver would never learn why the transfer stops.
    /// </param>
    /// <param name="failing">Told a failure of ours before the receiver is, who makes a failure of his own of it.</param>
    /// <exception cref="FormatException">A pattern is not valid.</exception>
    public FileSender(
        ISyncTree tree,
        SyncFilter filter,
        Func<CancellationToken, ValueTask<Packet?>> receive,
        Func<Packet, bool, ValueTask> send,
        Action<Exception> failing)
    {
        _tree = tree;
        _walk = new FilteredWalk(tree, filter);
        _receive = receive;
        _send = send;
        _failing = failing;
    }

    /// <exception cref="SyncTreeException">The tree cannot be sent; the receiver has been told.</exception>
    /// <exception cref="SyncProtocolException">The receiver broke the protocol; it has been told.</exception>
    /// <exception cref="SyncAbortedException">The receiver gave up.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = new FirstFailure(stop);
        var list = first.WatchAsync(Task.Run(() => ListAsync(stop.Token), stop.Token));
        var receive = first.WatchAsync(ReceiveAsync(stop.Token));
        var files = Enumerable.Range(0, Senders).Select(_ => first.WatchAsync(SendFilesAsync(stop.Token)));
        await Task.WhenAll([list, receive, .. files]).ConfigureAwait(false);
        if (first.Exception is not SyncTreeException)
        {
            // A tree that failed is the cause, also when the receiver has gone away since.
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (first.Exception is { } exception)
        {
            await TellAsync(exception, cancellationToken).ConfigureAwait(false);
            first.Throw();
        }

        await WriteAsync(new Packet { Type = Packet.Types.PacketType.Fin }, flush: true, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _writing.Dispose();

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var unflushed = 0;
        foreach (var entry in _walk.Entries())
        {
            lock (_gate)
            {
                _sent.Add(entry.IsRegular ? entry : null);
            }

            var flush = ++unflushed == UnflushedStats;
            unflushed = flush ? 0 : unflushed;
            await WriteAsync(new Packet { Type = Packet.Types.PacketType.Stat, Stat = ToStat(entry) }, flush, cancellationToken).ConfigureAwait(false);
        }

        _isListed = true;
        await WriteAsync(new Packet { Type = Packet.Types.PacketType.Stat }, flush: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        while (await _receive(cancellationToken).ConfigureAwait(false) is { } packet)
        {
            switch (packet.Type)
            {
                case Packet.Types.PacketType.Req:
                    _requests.Writer.TryWrite((packet.ID, Take(packet.ID)));
                    break;
                case Packet.Types.PacketType.Fin when _isListed:
                    _requests.Writer.TryComplete();
                    return;
                case Packet.Types.PacketType.Err:
                    throw new SyncAbortedException(packet.Data.ToStringUtf8());
                default:
                    throw new SyncProtocolException($"the receiver sent {packet.Type} out of turn");
            }
        }

        throw new SyncProtocolException("the receiver ended the transfer without FIN");
    }

    private SyncEntry Take(uint id)
    {
        lock (_gate)
        {
            var entry = id < _sent.Count ? _sent[(int)id] : null;
            if (entry is null)
            {
                throw new SyncProtocolException($"the receiver asked for {id}, which is unknown, not a file, or was asked for before");
            }

            _sent[(int)id] = null;
            return entry;
        }
    }

    private async Task SendFilesAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            await foreach (var (id, entry) in _requests.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await SendFileAsync(id, entry, buffer.AsMemory(0, ChunkLength), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task SendFileAsync(uint id, SyncEntry entry, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var stream = _tree.OpenRead(entry);
        await using (stream.ConfigureAwait(false))
        {
            var remaining = entry.Size;
            int length;
            while ((length = await ReadAsync(stream, entry, buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                remaining -= length;
                if (remaining < 0)
                {
                    throw SyncTreeException.Changed(entry.Path);
                }

                // The end of the file follows at once and takes its last bytes along.
                var data = new Packet { Type = Packet.Types.PacketType.Data, ID = id, Data = UnsafeByteOperations.UnsafeWrap(buffer[..length]) };
                await WriteAsync(data, flush: remaining > 0, cancellationToken).ConfigureAwait(false);
            }

            if (remaining > 0)
            {
                throw SyncTreeException.Changed(entry.Path);
            }
        }

        await WriteAsync(new Packet { Type = Packet.Types.PacketType.Data, ID = id }, flush: true, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<int> ReadAsync(Stream stream, SyncEntry entry, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SyncTreeException($"{entry.Path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <param name="packet">What is sent.</param>
    /// <param name="flush">It must leave at once.</param>
    /// <param name="cancellationToken">Ends waiting for a turn; what is being written is written.</param>
    private async Task WriteAsync(Packet packet, bool flush, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _send(packet, flush).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task TellAsync(Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not (SyncTreeException or SyncProtocolException))
        {
            return;
        }

        _failing(exception);
        try
        {
            var packet = new Packet { Type = Packet.Types.PacketType.Err, Data = ByteString.CopyFromUtf8(exception.Message) };
            await WriteAsync(packet, flush: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // Nobody is left to be told.
        }
    }

    private static Stat ToStat(SyncEntry entry) => new()
    {
        Path = entry.Path,
        Mode = entry.Mode,
        Size = entry.IsRegular ? entry.Size : 0,
        ModTime = entry.ModifiedNanoseconds,
        Linkname = entry.LinkTarget ?? "",
    };
}
