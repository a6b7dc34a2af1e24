using System.Text;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.Contexts;
using Orchestrator.State;

namespace Orchestrator.Tests.Contexts;

/// <summary>Whatever becomes of the cache: it may forget, it must not remember what is not so.</summary>
internal sealed class StatCacheTests
{
    private const string Machine = "this one";

    private static readonly ContentHash Hash = new(1, 2, 3, 4);

    private string _root = "";

    private GraphState State => new(_root, "/graph/images.yml");

    [SetUp]
    public void Create() => _root = Directory.CreateTempSubdirectory("stat-cache-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_root, recursive: true);

    [Test]
    public void Knows_a_file_in_the_next_run()
    {
        var entry = Entry("file", "text");
        Remember(entry);

        Assert.That(Open().Find(entry), Is.EqualTo(Hash));
    }

    [Test]
    public void Knows_each_of_many_files()
    {
        var entries = Enumerable.Range(0, 300).Select(number => Entry($"file{number}", "text")).ToList();
        var cache = Open();
        for (var number = 0; number < entries.Count; number++)
        {
            cache.Add(entries[number], new ContentHash(9, 9, 9, (ulong)number), cache.Now);
        }

        cache.Save();

        var next = Open();
        Assert.That(entries.Select(entry => next.Find(entry)), Is.EqualTo(Enumerable.Range(0, 300).Select(number => new ContentHash(9, 9, 9, (ulong)number))));
    }

    [Test]
    public void Does_not_know_a_file_with_other_content_and_the_time_and_size_of_before()
    {
        var before = EntryOfOldTime("text");
        Remember(before);
        WaitForTick(before);

        var after = EntryOfOldTime("TEXT");

        Assert.That((after.Size, after.ModifiedNanoseconds), Is.EqualTo((before.Size, before.ModifiedNanoseconds)));
        Assert.That(Open().Find(after), Is.Null);
    }

    [Test]
    public void Does_not_know_a_file_that_took_the_name_of_another()
    {
        Remember(Entry("file", "text"));
        Entry("other", "text");

        File.Move(Path.Join(_root, "tree/other"), Path.Join(_root, "tree/file"), overwrite: true);

        Assert.That(Open().Find(Look("file")), Is.Null);
    }

    [TestCase(0, false)]
    [TestCase(1.9, false)]
    [TestCase(2.1, true)]
    [TestCase(-5, false, Description = "the clock went back, or the file comes from the future")]
    public void Does_not_trust_a_file_that_changed_a_moment_ago(double age, bool isTrusted)
    {
        var entry = Entry("file", "text");
        var cache = StatCache.Open(State, Machine, new StoppedClock(ChangedAt(entry).AddSeconds(age)));
        cache.Add(entry, Hash, cache.Now);
        cache.Save();

        Assert.That(Open().Find(entry), Is.EqualTo(isTrusted ? Hash : (ContentHash?)null));
    }

    [Test]
    public void An_entry_without_an_identity_is_never_known()
    {
        var entry = new SyncEntry("file", 0, 4, 5, null);
        Remember(entry, Entry("other", "text"));

        Assert.That(Open().Find(entry), Is.Null);
    }

    [Test]
    public void The_file_of_another_machine_is_thrown_away()
    {
        var entry = Entry("file", "text");
        Remember(entry);

        Assert.That(StatCache.Open(State, "another", TimeProvider.System).Find(entry), Is.Null);
    }

    /// <summary>Every byte flipped, every length cut: nothing, or what was there.</summary>
    [Test]
    public void A_damaged_file_is_thrown_away()
    {
        var entry = Entry("file", "text");
        Remember(entry);
        var good = State.Read("files")!;
        for (var at = 0; at < good.Length; at++)
        {
            var flipped = good.ToArray();
            flipped[at] ^= 0x40;
            State.Write("files", flipped);
            Assert.That(Open().Find(entry), Is.Null, $"byte {at}");
            State.Write("files", good.AsSpan(0, at));
            Assert.That(Open().Find(entry), Is.Null, $"{at} bytes");
        }

        State.Write("files", [.. good, 0]);
        Assert.That(Open().Find(entry), Is.Null, "one byte more");
        State.Write("files", good);
        Assert.That(Open().Find(entry), Is.EqualTo(Hash));
    }

    [Test]
    public void After_damage_it_learns_anew()
    {
        var entry = Entry("file", "text");
        State.Write("files", Encoding.UTF8.GetBytes("nonsense"));
        Remember(entry);

        Assert.That(Open().Find(entry), Is.EqualTo(Hash));
    }

    [Test]
    public void What_is_not_asked_for_is_forgotten_in_the_end()
    {
        var (asked, unasked) = (Entry("asked", "text"), Entry("unasked", "text"));
        Remember(asked, unasked);
        for (var run = 0; run < 20; run++)
        {
            var cache = Open();
            Assert.That(cache.Find(asked), Is.EqualTo(Hash));
            cache.Add(Entry($"new{run}", "text"), Hash, cache.Now);
            cache.Save();
        }

        Assert.That(Open().Find(unasked), Is.Null);
        Assert.That(Open().Find(asked), Is.EqualTo(Hash));
    }

    [Test]
    public void Many_runs_at_once_leave_a_file_of_one_of_them()
    {
        var entries = Enumerable.Range(0, 8).Select(number => Entry($"file{number}", "text")).ToList();
        Parallel.ForEach(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = entries.Count }, run =>
        {
            var cache = Open();
            var entry = entries[run % entries.Count];
            Assert.That(cache.Find(entry), Is.Null.Or.EqualTo(HashOf(run % entries.Count)));
            cache.Add(entry, HashOf(run % entries.Count), cache.Now);
            cache.Save();
        });

        var known = entries.Select((entry, number) => (Found: Open().Find(entry), Expected: HashOf(number))).Where(pair => pair.Found is not null).ToList();
        Assert.That(known, Is.Not.Empty);
        Assert.That(known.Select(pair => pair.Found), Is.EqualTo(known.Select(pair => (ContentHash?)pair.Expected)));
        Assert.That(Directory.EnumerateFiles(Path.Join(_root, "graphs"), "*", SearchOption.AllDirectories).Select(Path.GetFileName), Is.EqualTo(new[] { "files" }));

        static ContentHash HashOf(int number) => new(7, 7, 7, (ulong)number);
    }

    /// <summary>A file stands where the directory should be: no user, not even root, can write there.</summary>
    [Test]
    public void A_directory_that_cannot_be_written_costs_only_time()
    {
        var entry = Entry("file", "text");
        File.WriteAllText(Path.Join(_root, "blocked"), "");
        var state = new GraphState(Path.Join(_root, "blocked"), "/graph/images.yml");
        var cache = StatCache.Open(state, Machine, Later(entry));

        cache.Add(entry, Hash, cache.Now);

        Assert.That(cache.Save, Throws.Nothing);
        Assert.That(StatCache.Open(state, Machine, TimeProvider.System).Find(entry), Is.Null);
    }

    [Test]
    public void A_run_that_learns_nothing_writes_nothing()
    {
        var entry = Entry("file", "text");
        Remember(entry);
        State.Delete("files");
        var cache = Open();
        cache.Find(entry);

        cache.Save();

        Assert.That(State.Read("files"), Is.Null);
    }

    private void Remember(params IReadOnlyList<SyncEntry> entries)
    {
        var cache = StatCache.Open(State, Machine, Later(entries[^1]));
        foreach (var entry in entries)
        {
            cache.Add(entry, Hash, cache.Now);
        }

        cache.Save();
    }

    /// <summary>In a run long after everything was written.</summary>
    private StatCache Open() => StatCache.Open(State, Machine, new StoppedClock(DateTimeOffset.UnixEpoch.AddYears(200)));

    private SyncEntry Entry(string name, string text)
    {
        Directory.CreateDirectory(Path.Join(_root, "tree"));
        File.WriteAllText(Path.Join(_root, "tree", name), text);
        return Look(name);
    }

    private SyncEntry EntryOfOldTime(string text)
    {
        Entry("file", text);
        File.SetLastWriteTimeUtc(Path.Join(_root, "tree/file"), DateTime.UnixEpoch.AddDays(11_000));
        return Look("file");
    }

    private SyncEntry Look(string name) => new DirectoryTree(Path.Join(_root, "tree")).List("").Single(entry => entry.Name == name);

    private static StoppedClock Later(SyncEntry entry) => new(ChangedAt(entry).AddMinutes(1));

    private static DateTimeOffset ChangedAt(SyncEntry entry) => DateTimeOffset.UnixEpoch.AddTicks(entry.Identity!.ChangedNanoseconds / TimeSpan.NanosecondsPerTick);

    /// <summary>Until the file system's clock would give another change time: what two seconds of distrust stand for in a real run.</summary>
    private void WaitForTick(SyncEntry entry)
    {
        Assert.That(() => Entry("clock", "tick").Identity!.ChangedNanoseconds, Is.GreaterThan(entry.Identity!.ChangedNanoseconds).After(2000).MilliSeconds.PollEvery(1).MilliSeconds);
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
