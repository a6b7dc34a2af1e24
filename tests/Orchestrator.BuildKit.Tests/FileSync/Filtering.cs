using Orchestrator.BuildKit.FileSync;
using Orchestrator.BuildKit.Tests.Engines;

namespace Orchestrator.BuildKit.Tests.FileSync;

internal sealed class Filtering
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Create() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Delete() => _directory.Dispose();

    [Test]
    public void Entries_come_depth_first_in_the_order_of_bytes()
    {
        Write("a/z", "a-b", "a.txt", "aa", "\uFF41", "😀", "B");
        Assert.That(Walk(), Is.EqualTo(new[] { "B", "a", "a/z", "a-b", "a.txt", "aa", "\uFF41", "😀" }));
    }

    [Test]
    public void Excluded_directories_are_not_looked_into()
    {
        Write("kept/x", "node_modules/y/z");
        var tree = new ListedTree(_directory.Path);
        Assert.That(Walk(tree, exclude: ["node_modules"]), Is.EqualTo(new[] { "kept", "kept/x" }));
        Assert.That(tree.Listed, Is.EqualTo(new[] { "", "kept" }));
    }

    [Test]
    public void What_is_taken_back_brings_its_directories()
    {
        Write("out/a/keep", "out/b/drop", "src/c");
        Assert.That(Walk(exclude: ["out", "!out/a/keep"]), Is.EqualTo(new[] { "out", "out/a", "out/a/keep", "src", "src/c" }));
        Assert.That(Walk(exclude: ["**", "!src"]), Is.EqualTo(new[] { "src", "src/c" }));
    }

    [Test]
    public void Only_included_entries_and_their_directories_appear()
    {
        Write("a/b/c", "a/b/d", "a/e", "f");
        Assert.That(Walk(include: ["a/b/c", "f"]), Is.EqualTo(new[] { "a", "a/b", "a/b/c", "f" }));
        Assert.That(Walk(include: ["**/e"]), Is.EqualTo(new[] { "a", "a/e" }));
        Assert.That(Walk(include: ["a"], exclude: ["**/c"]), Is.EqualTo(new[] { "a", "a/b", "a/b/d", "a/e" }));
    }

    [Test]
    public void Followed_links_bring_their_targets()
    {
        Write("real/deep/file", "real/deep/other", "unrelated");
        _directory.Link("alias", "real/deep");
        _directory.Link("chain", "alias/file");
        _directory.Link("absolute", "/unrelated");
        _directory.Link("escape", "../../unrelated");
        Assert.That(Walk(follow: ["alias/file"]), Is.EqualTo(new[] { "alias", "real", "real/deep", "real/deep/file" }));
        Assert.That(Walk(follow: ["alias/file", "alias/other"]), Is.EqualTo(new[] { "alias", "real", "real/deep", "real/deep/file", "real/deep/other" }));
        Assert.That(Walk(follow: ["chain"]), Is.EqualTo(new[] { "alias", "chain", "real", "real/deep", "real/deep/file" }));
        Assert.That(Walk(follow: ["abs*"]), Is.EqualTo(new[] { "absolute", "unrelated" }));
        Assert.That(Walk(follow: ["escape"]), Is.EqualTo(new[] { "escape", "unrelated" }));
    }

    [Test]
    public void Links_that_lead_nowhere_or_in_circles_end()
    {
        _directory.Link("loop", "loop");
        _directory.Link("grow", "grow/more");
        _directory.Link("ping", "pong");
        _directory.Link("pong", "ping");
        _directory.Link("dangling", "missing/file");
        Assert.That(
            Walk(follow: ["loop/x", "grow", "ping", "dangling", "missing"]), Is.EqualTo(new[] { "dangling", "grow", "loop", "ping", "pong" }));
    }

    [Test]
    public void Following_the_root_sends_everything()
    {
        Write("a", "b/c");
        _directory.Link("self", ".");
        Assert.That(Walk(follow: ["self"]), Is.EqualTo(new[] { "a", "b", "b/c", "self" }));
        Assert.That(Walk(follow: ["/"]), Is.EqualTo(new[] { "a", "b", "b/c", "self" }));
        Assert.That(Walk(follow: ["../.."]), Is.EqualTo(new[] { "a", "b", "b/c", "self" }));
    }

    [Test]
    public void Kinds_and_permissions_are_those_of_a_clone_under_any_umask()
    {
        Write("plain", "run", "sub/x");
        _directory.SetMode("plain", 0b110_110_110);
        _directory.SetMode("run", 0b111_111_111);
        _directory.SetMode("sub", 0b010_111_111_101);
        _directory.Link("link", "plain");
        var entries = new DirectoryTree(_directory.Path).List("").ToDictionary(entry => entry.Name);
        Assert.That(entries["plain"].Mode, Is.EqualTo(0x1A4u));
        Assert.That(entries["run"].Mode, Is.EqualTo(0x1EDu));
        Assert.That(entries["sub"].Mode, Is.EqualTo(0x800001EDu));
        Assert.That(entries["link"].Mode, Is.EqualTo(0x080001FFu));
        Assert.That(entries["link"].LinkTarget, Is.EqualTo("plain"));
        var expected = (File.GetLastWriteTimeUtc(Path.Join(_directory.Path, "plain")) - DateTime.UnixEpoch).Ticks * 100;
        // .NET counts in steps of 100 ns, the file system in single ones.
        Assert.That(entries["plain"].ModifiedNanoseconds / 100, Is.EqualTo(expected / 100));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void Permissions_can_be_kept()
    {
        Write("plain", "sub/x");
        _directory.SetMode("plain", 0b110_110_110);
        _directory.SetMode("sub", 0b010_111_111_101);
        var entries = new DirectoryTree(_directory.Path, keepsModes: true).List("").ToDictionary(entry => entry.Name);
        Assert.That(entries["plain"].Mode, Is.EqualTo(0x1B6u));
        Assert.That(entries["sub"].Mode, Is.EqualTo(GoFileMode.Directory | GoFileMode.SetGroupId | 0x1FDu));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void Sockets_are_skipped_and_pipes_are_kept()
    {
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(Path.Join(_directory.Path, "socket")));
        Shell("mkfifo \"$0/pipe\"");
        Write("empty");
        var entries = new DirectoryTree(_directory.Path).List("");
        Assert.That(entries.Select(entry => entry.Name), Is.EqualTo(new[] { "empty", "pipe" }));
        Assert.That(entries[1].Mode & GoFileMode.TypeMask, Is.EqualTo(GoFileMode.NamedPipe));
        Assert.That(entries[0].IsRegular, Is.True);
    }

    [Test]
    [Platform(Exclude = "Win,MacOsX")]
    public void A_name_that_is_not_utf8_is_named_when_it_is_wanted()
    {
        Shell("touch \"$0/$(printf 'bad\\377name')\"");
        Write("good");
        Assert.That(() => Walk(), Throws.InstanceOf<SyncTreeException>().With.Message.Contains("not valid UTF-8"));
        Assert.That(Walk(exclude: ["bad*"]), Is.EqualTo(new[] { "good" }));
        Shell("rm \"$0\"/bad*"); // .NET can see such a file but not delete it.
    }

    [Test]
    public void A_directory_that_cannot_be_read_matters_only_when_it_is_reached()
    {
        Write("a", "locked/x");
        var tree = new ListedTree(_directory.Path) { Locked = "locked" };
        Assert.That(() => Walk(tree), Throws.InstanceOf<SyncTreeException>().With.Message.EqualTo("locked is locked"));
        Assert.That(Walk(tree, exclude: ["locked"]), Is.EqualTo(new[] { "a" }));
        Assert.That(Walk(tree, exclude: ["locked", "!locked/x"]), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public void A_missing_directory_is_named()
    {
        var tree = new DirectoryTree(Path.Join(_directory.Path, "nowhere"));
        Assert.That(() => tree.List(""), Throws.InstanceOf<SyncTreeException>().With.Message.Contains("nowhere"));
    }

    [Test]
    public void A_tree_in_memory_has_its_directories()
    {
        var tree = new MemoryTree(new Dictionary<string, byte[]> { ["b/c"] = [1], ["a"] = [], ["b/a/x"] = [2] });
        Assert.That(Walk(tree), Is.EqualTo(new[] { "a", "b", "b/a", "b/a/x", "b/c" }));
    }

    private void Shell(string script)
    {
        using var process = System.Diagnostics.Process.Start("sh", ["-c", script, _directory.Path]);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
    }

    private void Write(params string[] paths)
    {
        foreach (var path in paths)
        {
            _directory.Write(path);
        }
    }

    private List<string> Walk(ISyncTree? tree = null, string[]? include = null, string[]? exclude = null, string[]? follow = null)
    {
        var filter = new SyncFilter(include ?? [], exclude ?? [], follow ?? []);
        return [.. new FilteredWalk(tree ?? new DirectoryTree(_directory.Path), filter).Entries().Select(entry => entry.Path)];
    }

    private sealed class ListedTree(string root) : ISyncTree
    {
        private readonly DirectoryTree _inner = new(root);

        public List<string> Listed { get; } = [];

        public string? Locked { get; init; }

        public IReadOnlyList<SyncEntry> List(string directory)
        {
            Listed.Add(directory);
            return directory == Locked ? throw new SyncTreeException($"{directory} is locked") : _inner.List(directory);
        }

        public Stream OpenRead(SyncEntry entry) => _inner.OpenRead(entry);
    }
}
