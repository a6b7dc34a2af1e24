using Orchestrator.BuildKit.FileSync;
using Orchestrator.BuildKit.Tests.Engines;
using static Orchestrator.BuildKit.Protos.Packet.Types;

namespace Orchestrator.BuildKit.Tests.FileSync;

internal sealed class FileSending
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Create() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Delete() => _directory.Dispose();

    [Test, CancelAfter(30_000)]
    public async Task A_transfer_lists_sends_and_says_goodbye(CancellationToken cancellationToken)
    {
        _directory.Write("b", "hello");
        _directory.Write("a/c", "12");
        _directory.Write("empty");
        await using var receiver = new ScriptedReceiver(new DirectoryTree(_directory.Path));
        var list = await receiver.ExpectListAsync();
        Assert.That(list.Select(stat => stat.Path), Is.EqualTo(new[] { "a", "a/c", "b", "empty" }));
        Assert.That(list.Select(stat => stat.Size), Is.EqualTo(new[] { 0, 2, 5, 0 }));
        receiver.Request(2);
        receiver.Request(3);
        receiver.Request(1);
        Assert.That(
            await receiver.ExpectFilesAsync(1, 2, 3), Is.EquivalentTo(new Dictionary<uint, long> { [1] = 2, [2] = 5, [3] = 0 }));
        Assert.That(receiver.Run.IsCompleted, Is.False, "not before FIN");
        receiver.Send(PacketType.Fin);
        await receiver.ExpectAsync(PacketType.Fin);
        await receiver.Run.WaitAsync(cancellationToken);
    }

    [Test, CancelAfter(30_000)]
    public async Task Files_are_served_while_the_list_is_under_way(CancellationToken cancellationToken)
    {
        var tree = new PausedTree("a", "b");
        await using var receiver = new ScriptedReceiver(tree);
        Assert.That((await receiver.NextAsync()).Stat.Path, Is.EqualTo("a"));
        Assert.That((await receiver.NextAsync()).Stat.Path, Is.EqualTo("a/file"));
        Assert.That((await receiver.NextAsync()).Stat.Path, Is.EqualTo("b"));
        receiver.Request(1);
        Assert.That(await receiver.ExpectFilesAsync(1), Is.EquivalentTo(new Dictionary<uint, long> { [1] = 4 }));
        tree.Continue();
        Assert.That((await receiver.ExpectListAsync()).Select(stat => stat.Path), Is.EqualTo(new[] { "b/file" }));
        receiver.Send(PacketType.Fin);
        await receiver.ExpectAsync(PacketType.Fin);
        await receiver.Run.WaitAsync(cancellationToken);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_huge_file_streams_with_little_memory(CancellationToken cancellationToken)
    {
        const long Length = 3L * 1024 * 1024 * 1024;
        await using var receiver = new ScriptedReceiver(new OneFileTree(new SyncEntry("huge", 0x1A4, Length, 0, null), () => new ZeroStream(Length)));
        await receiver.ExpectListAsync();
        receiver.Request(0);
        Assert.That((await receiver.ExpectFilesAsync(0))[0], Is.EqualTo(Length));
        Assert.That(receiver.MaxPacketLength, Is.LessThan(FileSender.ChunkLength + 64));
        Assert.That(GC.GetTotalMemory(forceFullCollection: true), Is.LessThan(100L * 1024 * 1024));
        cancellationToken.ThrowIfCancellationRequested();
    }

    [Test, CancelAfter(30_000)]
    public async Task A_file_that_vanished_stops_the_transfer(CancellationToken cancellationToken)
    {
        var path = _directory.Write("gone", "x");
        await using var receiver = new ScriptedReceiver(new DirectoryTree(_directory.Path));
        await receiver.ExpectListAsync();
        File.Delete(path);
        receiver.Request(0);
        Assert.That(await receiver.ExpectErrorAsync(), Is.EqualTo("gone changed while it was sent"));
        Assert.That(receiver.Failure, Is.InstanceOf<SyncTreeException>(), "told before the receiver is");
        Assert.That(async () => await receiver.Run.WaitAsync(cancellationToken), Throws.InstanceOf<SyncTreeException>());
    }

    [TestCase("12345")]
    [TestCase("123")]
    [TestCase("5678")]
    [CancelAfter(30_000)]
    public async Task A_file_that_changed_stops_the_transfer(string content, CancellationToken cancellationToken)
    {
        var path = _directory.Write("file", "1234");
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        await using var receiver = new ScriptedReceiver(new DirectoryTree(_directory.Path));
        await receiver.ExpectListAsync();
        File.WriteAllText(path, content);
        receiver.Request(0);
        Assert.That(await receiver.ExpectErrorAsync(), Is.EqualTo("file changed while it was sent"));
        Assert.That(async () => await receiver.Run.WaitAsync(cancellationToken), Throws.InstanceOf<SyncTreeException>());
    }

    [Test]
    public async Task A_file_written_to_between_first_and_last_byte_is_noticed()
    {
        var path = _directory.Write("file", "1234");
        var tree = new DirectoryTree(_directory.Path);
        await using var stream = tree.OpenRead(tree.List("")[0]);
        Assert.That(await stream.ReadAsync(new byte[2]), Is.EqualTo(2));
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        Assert.That(async () => await stream.CopyToAsync(Stream.Null), Throws.InstanceOf<SyncTreeException>());
    }

    /// <summary>As by <c>tar</c>, <c>rsync -t</c> and <c>cp -p</c>: other bytes, and the size and time of before.</summary>
    [Test, Platform("Linux", Reason = "elsewhere files have no identity")]
    public async Task A_file_with_other_content_and_the_size_and_time_of_before_is_noticed([Values] bool isReplaced, [Values] bool isBeingRead)
    {
        var path = _directory.Write("file", "1234");
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        var tree = new DirectoryTree(_directory.Path);
        var before = tree.List("")[0];
        await using var stream = isBeingRead ? tree.OpenRead(before) : null;

        SetContentAndTime(isReplaced ? _directory.Write("other", "5678") : path, before);
        if (isReplaced)
        {
            File.Move(Path.Join(_directory.Path, "other"), path, overwrite: true);
        }

        var after = tree.List("")[0];
        Assert.That((after.Size, after.ModifiedNanoseconds), Is.EqualTo((before.Size, before.ModifiedNanoseconds)));
        Assert.That(async () => await (stream ?? tree.OpenRead(before)).CopyToAsync(Stream.Null), Throws.InstanceOf<SyncTreeException>());
    }

    [TestCase(3)]
    [TestCase(5)]
    [CancelAfter(30_000)]
    public async Task A_stream_of_another_length_stops_the_transfer(long length, CancellationToken cancellationToken)
    {
        await using var receiver = new ScriptedReceiver(new OneFileTree(new SyncEntry("file", 0x1A4, 4, 0, null), () => new ZeroStream(length)));
        await receiver.ExpectListAsync();
        receiver.Request(0);
        Assert.That(await receiver.ExpectErrorAsync(), Is.EqualTo("file changed while it was sent"));
        Assert.That(async () => await receiver.Run.WaitAsync(cancellationToken), Throws.InstanceOf<SyncTreeException>());
    }

    [Test, CancelAfter(30_000)]
    public async Task A_list_that_fails_is_told(CancellationToken cancellationToken)
    {
        await using var receiver = new ScriptedReceiver(new DirectoryTree(Path.Join(_directory.Path, "nowhere")));
        Assert.That(await receiver.ExpectErrorAsync(), Does.Contain("cannot be read"));
        Assert.That(async () => await receiver.Run.WaitAsync(cancellationToken), Throws.InstanceOf<SyncTreeException>());
    }

    [TestCase(7u)]
    [TestCase(0u)]
    [TestCase(2u)]
    [CancelAfter(30_000)]
    public async Task A_request_for_what_is_no_file_breaks_the_protocol(uint id, CancellationToken cancellationToken)
    {
        _directory.Write("a/file", "x");
        _directory.Link("link", "a");
        await using var receiver = new ScriptedReceiver(new DirectoryTree(_directory.Path));
        await receiver.ExpectListAsync();
        receiver.Request(id);
        Assert.That(await receiver.ExpectErrorAsync(), Does.Contain($"asked for {id}"));
        Assert.That(async () => await receiver.Run.WaitAsync(cancellationToken), Throws.InstanceOf<SyncProtocolException>());
    }

    [Test, CancelAfter(30_000)]
    public async Task A_second_request_for_a_file_breaks_the_protocol(CancellationToken cancellationToken)
    {
        _directory.Write("file", "x");
        await using var receiver = new ScriptedReceiver(new DirectoryTree(_directory.Path));
        await receiver.ExpectListAsync();
        receiver.Request(0);
        await receiver.ExpectFilesAsync(0);
        receiver.Request(0);
        await receiver.ExpectErrorAsync();
        Assert.That(async () => await receiver.Run.WaitAsync(cancellationToken), Throws.InstanceOf<SyncProtocolException>());
    }

    [TestCase(PacketType.Stat)]
    [TestCase(PacketType.Data)]
    [CancelAfter(30_000)]
    public async Task Packets_out_of_turn_break_the_protocol(PacketType type, CancellationToken cancellationToken)
    {
        await using var receiver = new ScriptedReceiver(new DirectoryTree(_directory.Path));
        await receiver.ExpectListAsync();
        receiver.Send(type);
        await receiver.ExpectErrorAsync();
        Assert.That(async () => await receiver.Run.WaitAsync(cancellationToken), Throws.InstanceOf<SyncProtocolException>());
    }

    [Test, CancelAfter(30_000)]
    public async Task A_stream_that_ends_without_fin_breaks_the_protocol(CancellationToken cancellationToken)
    {
        await using var receiver = new ScriptedReceiver(new DirectoryTree(_directory.Path));
        await receiver.ExpectListAsync();
        receiver.End();
        await receiver.ExpectErrorAsync();
        Assert.That(async () => await receiver.Run.WaitAsync(cancellationToken), Throws.InstanceOf<SyncProtocolException>());
    }

    [Test, CancelAfter(30_000)]
    public async Task The_receivers_error_ends_the_transfer(CancellationToken cancellationToken)
    {
        _directory.Write("file", "x");
        await using var receiver = new ScriptedReceiver(new DirectoryTree(_directory.Path));
        receiver.Send(PacketType.Err, "disk full");
        Assert.That(
            async () => await receiver.Run.WaitAsync(cancellationToken), Throws.InstanceOf<SyncAbortedException>().With.Message.EqualTo("disk full"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Cancelling_ends_the_transfer(CancellationToken cancellationToken)
    {
        await using var receiver = new ScriptedReceiver(new OneFileTree(new SyncEntry("file", 0x1A4, 1 << 30, 0, null), () => new ZeroStream(1 << 30)));
        await receiver.ExpectListAsync();
        receiver.Request(0);
        await receiver.ExpectAsync(PacketType.Data);
        receiver.Cancel();
        Assert.That(async () => await receiver.Run.WaitAsync(cancellationToken), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_pattern_that_is_not_valid_is_refused_at_once() =>
        Assert.That(() => new FilteredWalk(new DirectoryTree(_directory.Path), new SyncFilter([], ["[x"], [])), Throws.InstanceOf<FormatException>());

    /// <summary>Again until the file system's clock gives another change time.</summary>
    private static void SetContentAndTime(string path, SyncEntry before)
    {
        do
        {
            File.WriteAllText(path, "5678");
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        }
        while (FileStatus.Read(path)!.Value.Identity!.ChangedNanoseconds == before.Identity!.ChangedNanoseconds);
    }

    private sealed class OneFileTree(SyncEntry entry, Func<Stream> open) : ISyncTree
    {
        public IReadOnlyList<SyncEntry> List(string directory) => [entry];

        public Stream OpenRead(SyncEntry entry) => open();
    }

    /// <summary>Two directories with a file each; the second one is only listed when the test says so.</summary>
    private sealed class PausedTree(string first, string second) : ISyncTree
    {
        private readonly TaskCompletionSource _continue = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Continue() => _continue.TrySetResult();

        public IReadOnlyList<SyncEntry> List(string directory)
        {
            if (directory.Length == 0)
            {
                return [new SyncEntry(first, 0x800001ED, 0, 0, null), new SyncEntry(second, 0x800001ED, 0, 0, null)];
            }

            if (directory == second)
            {
                _continue.Task.Wait(TimeSpan.FromSeconds(20));
            }

            return [new SyncEntry($"{directory}/file", 0x1A4, 4, 0, null)];
        }

        public Stream OpenRead(SyncEntry entry) => new ZeroStream(entry.Size);
    }
}
