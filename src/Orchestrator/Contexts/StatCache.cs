using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.State;

namespace Orchestrator.Contexts;

/// <summary>
/// Remembers the hashes of files by what the file system says of them: device, inode, size, time of content and time of status. Whoever changes a
/// file moves the last one and cannot set it back. A file that changed a moment before it was hashed is not remembered: it might change once more
/// within one tick of the file system's clock.
/// </summary>
/// <remarks>
/// One writer escapes: a program that writes through a memory map moves the times when it first touches a page, and not again until the kernel has
/// written that page back, so what it stores meanwhile can go unseen. Waiting longer before a file is remembered does not end that, because when pages
/// are written back is a setting, half a minute by default, and then only a wish; it would only make the second run after a clone read every file again.
/// </remarks>
internal sealed class StatCache
{
    private const string FileName = "files";
    private const string Magic = "orchestrator stat cache 1\n";

    /// <summary>Runs that wrote the file since a record was last asked for; then it is forgotten.</summary>
    private const long LongestUnused = 8;

    /// <summary>The coarsest clocks of file systems that matter tick every two seconds.</summary>
    private static readonly TimeSpan ClockTick = TimeSpan.FromSeconds(2);

    private readonly GraphState? _state;
    private readonly string _machine;
    private readonly TimeProvider _time;
    private readonly byte[] _file;
    private readonly int _start;
    private readonly int _count;
    private readonly bool[] _used;
    private readonly ConcurrentDictionary<StatRecord, ContentHash> _added = new();

    private StatCache(GraphState? state, string machine, TimeProvider time, byte[] file, int start, int count)
    {
        (_state, _machine, _time, _file, _start, _count) = (state, machine, time, file, start, count);
        _used = new bool[count];
    }

    /// <summary>One that knows nothing and keeps nothing.</summary>
    public static StatCache None => new(null, "", TimeProvider.System, [], 0, 0);

    public DateTimeOffset Now => _time.GetUtcNow();

    private ReadOnlySpan<StatRecord> Records => MemoryMarshal.Cast<byte, StatRecord>(_file.AsSpan(_start))[.._count];

    /// <param name="state">Where it lies.</param>
    /// <param name="machine">Whose inodes these are; a file of another machine is thrown away.</param>
    /// <param name="time">The clock.</param>
    public static StatCache Open(GraphState state, string machine, TimeProvider time)
    {
        var header = Header(machine);
        var file = state.Read(FileName) ?? [];
        var size = Marshal.SizeOf<StatRecord>();
        var body = file.Length - header.Length - SHA256.HashSizeInBytes;
        if (body < 0 || body % size != 0 || !file.AsSpan(0, header.Length).SequenceEqual(header)
            || !SHA256.HashData(file.AsSpan(0, file.Length - SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(file.AsSpan(file.Length - SHA256.HashSizeInBytes)))
        {
            return new StatCache(state, machine, time, [], 0, 0);
        }

        return new StatCache(state, machine, time, file, header.Length, body / size);
    }

    /// <summary>Null when the file is not known as it is now.</summary>
    public ContentHash? Find(SyncEntry entry)
    {
        if (_count == 0 || entry.Identity is not { } identity)
        {
            return null;
        }

        var index = Records.BinarySearch(StatRecord.Of(entry, identity));
        if (index < 0)
        {
            return null;
        }

        _used[index] = true;
        return Records[index].Hash;
    }

    /// <param name="entry">The file as it was before it was hashed.</param>
    /// <param name="hash">Of its content.</param>
    /// <param name="opened">
    /// <see cref="Now"/> before the first byte was read. Had the file aged only while it was read, a write behind the reader could share the tick of the one
    /// before.
    /// </param>
    public void Add(SyncEntry entry, ContentHash hash, DateTimeOffset opened)
    {
        if (_state is null || entry.Identity is not { } identity)
        {
            return;
        }

        var age = opened - DateTimeOffset.UnixEpoch.AddTicks(identity.ChangedNanoseconds / TimeSpan.NanosecondsPerTick);
        if (age > ClockTick)
        {
            _added[StatRecord.Of(entry, identity)] = hash;
        }
    }

    /// <summary>Writes it down if it learned something. Two runs at once: the later one's stays.</summary>
    public void Save()
    {
        if (_state is null || _added.IsEmpty)
        {
            return;
        }

        var records = new List<StatRecord>(_count + _added.Count);
        for (var i = 0; i < _count; i++)
        {
            var unused = _used[i] ? 0 : Records[i].Unused + 1;
            if (unused <= LongestUnused && !_added.ContainsKey(Records[i] with { Hash = default, Unused = 0 }))
            {
                records.Add(Records[i] with { Unused = unused });
            }
        }

        records.AddRange(_added.Select(added => added.Key with { Hash = added.Value }));
        records.Sort();
        var header = Header(_machine);
        var body = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(records));
        var file = new byte[header.Length + body.Length + SHA256.HashSizeInBytes];
        header.CopyTo(file, 0);
        body.CopyTo(file.AsSpan(header.Length));
        SHA256.HashData(file.AsSpan(0, header.Length + body.Length), file.AsSpan(header.Length + body.Length));
        _state.Write(FileName, file);
    }

    /// <summary>A multiple of eight bytes, so that the records behind it are aligned.</summary>
    private static byte[] Header(string machine)
    {
        const int Alignment = 8;
        var text = Encoding.UTF8.GetBytes(Magic);
        var header = new byte[((text.Length + Alignment - 1) / Alignment * Alignment) + SHA256.HashSizeInBytes];
        text.CopyTo(header, 0);
        SHA256.HashData(Encoding.UTF8.GetBytes(machine), header.AsSpan(header.Length - SHA256.HashSizeInBytes));
        return header;
    }
}
