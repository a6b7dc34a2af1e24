using Orchestrator.BuildKit.FileSync;
using Orchestrator.Contexts;
using Orchestrator.State;

namespace Orchestrator.Tests.Contexts;

/// <summary>What is read in one run and relied on in the next.</summary>
[Platform("Linux", Reason = "elsewhere files have no identity, and nothing is remembered")]
internal sealed class FileHashesTests
{
    private string _root = "";
    private SyncEntry _entry = null!;

    private string TreeRoot => Path.Join(_root, "tree");

    [SetUp]
    public void Create()
    {
        _root = Directory.CreateTempSubdirectory("file-hashes-").FullName;
        Directory.CreateDirectory(TreeRoot);
        File.WriteAllText(Path.Join(TreeRoot, "file"), "text");
        _entry = new DirectoryTree(TreeRoot).List("").Single();
    }

    [TearDown]
    public void Delete() => Directory.Delete(_root, recursive: true);

    [Test]
    public void A_file_that_is_old_when_it_is_opened_is_known_in_the_next_run()
    {
        var hash = HashInOneRun(ageWhenOpened: 10, ageWhenRead: 20, movesChangeTimes: true);

        Assert.That(KnownInTheNextRun(), Is.EqualTo(hash));
    }

    /// <summary>It takes long to read. Behind the reader somebody writes in the tick of the write before, and no time tells.</summary>
    [Test]
    public void A_file_that_only_gets_old_while_it_is_read_is_not()
    {
        HashInOneRun(ageWhenOpened: 0.001, ageWhenRead: 20, movesChangeTimes: true);

        Assert.That(KnownInTheNextRun(), Is.Null);
    }

    [Test]
    public void A_file_whose_change_time_may_not_move_is_not()
    {
        HashInOneRun(ageWhenOpened: 10, ageWhenRead: 20, movesChangeTimes: false);

        Assert.That(KnownInTheNextRun(), Is.Null);
    }

    [Test]
    public void A_file_that_fails_while_it_is_read_is_named([Values] bool isDenied)
    {
        Exception cause = isDenied ? new UnauthorizedAccessException("Closed meanwhile.") : new IOException("Stale file handle.");
        var hashes = new FileHashes(Open(TimeProvider.System), _ => true);

        Assert.That(
            () => hashes.HashOf(new FailingTree(cause), ContextSource.Plain(TreeRoot), _entry),
            Throws.TypeOf<SyncTreeException>().With.Message.EqualTo("file cannot be read: " + cause.Message).And.InnerException.SameAs(cause));
    }

    /// <param name="ageWhenOpened">Seconds since the file changed.</param>
    /// <param name="ageWhenRead">The same, at its end.</param>
    /// <param name="movesChangeTimes">What is said of its file system.</param>
    private ContentHash HashInOneRun(double ageWhenOpened, double ageWhenRead, bool movesChangeTimes)
    {
        var changed = DateTimeOffset.UnixEpoch.AddTicks(_entry.Identity!.ChangedNanoseconds / TimeSpan.NanosecondsPerTick);
        var clock = new SetClock { Now = changed.AddSeconds(ageWhenOpened) };
        var cache = Open(clock);
        var tree = new SlowTree(new DirectoryTree(TreeRoot), () => clock.Now = changed.AddSeconds(ageWhenRead));

        var hash = new FileHashes(cache, _ => movesChangeTimes).HashOf(tree, ContextSource.Plain(TreeRoot), _entry);

        cache.Save();
        return hash;
    }

    private ContentHash? KnownInTheNextRun() => Open(TimeProvider.System).Find(_entry);

    private StatCache Open(TimeProvider time) => StatCache.Open(new GraphState(_root, "/graph/images.yml"), "this machine", time);

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>Time passes as soon as a file is opened.</summary>
    private sealed class SlowTree(ISyncTree inner, Action passTime) : ISyncTree
    {
        public IReadOnlyList<SyncEntry> List(string directory) => inner.List(directory);

        public Stream OpenRead(SyncEntry entry)
        {
            var stream = inner.OpenRead(entry);
            passTime();
            return stream;
        }
    }

    /// <summary>Its files can be opened and not read.</summary>
    private sealed class FailingTree(Exception cause) : ISyncTree
    {
        public IReadOnlyList<SyncEntry> List(string directory) => [];

        public Stream OpenRead(SyncEntry entry) => new FailingStream(cause);
    }

    private sealed class FailingStream(Exception cause) : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw cause;

        public override int Read(byte[] buffer, int offset, int count) => throw cause;
    }
}
