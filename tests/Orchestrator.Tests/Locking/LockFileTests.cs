using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;
using Orchestrator.Locking;

namespace Orchestrator.Tests.Locking;

/// <summary>The lock file: read, written, merged and broken.</summary>
internal sealed class LockFileTests
{
    private const string A = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Commit = "0123456789012345678901234567890123456789";
    private const string B = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    private string _folder = "";

    private string File => Path.Combine(_folder, "images.lock");

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("lock-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void What_is_written_is_read()
    {
        Pin[] pins = [new(Reference("z/y:1"), "linux/arm64/v8", B), new(Reference("python:3.9-slim"), null, A), new(Reference("z/y:1"), "linux/amd64", A), new(Reference("long"), null, "sha512:" + new string('c', 128))];
        Empty().Write(pins, [], []);

        var (locked, findings) = Read();

        Assert.That(findings, Is.Empty);
        Assert.That(locked!.Pins.Select(pin => pin.Value), Is.EquivalentTo(pins));
        Assert.That(locked.Find(Reference("z/y:1"), "linux/amd64"), Is.EqualTo(pins[2]));
        Assert.That(locked.Find(Reference("z/y:1"), "linux/riscv64"), Is.Null);
        Assert.That(locked.Find(Reference("docker.io/library/python:3.9-slim"), "linux/riscv64"), Is.EqualTo(pins[1]));
    }

    [TestCase("linux/arm64/v8.1", true)]
    [TestCase("linux/x86-64", true)]
    [TestCase("amd64", false)]
    [TestCase("Linux/amd64", false)]
    public void A_platform_is_what_may_be_built_for(string platform, bool isOne)
    {
        Empty().Write([new(Reference("a"), platform, A)], [], []);

        var (_, findings) = Read();

        Assert.That(findings, isOne ? Is.Empty : Has.Count.EqualTo(1));
    }

    /// <summary>Two people who lock one thing each, and one who locks both, end with the same file.</summary>
    [Test]
    public void A_merge_that_keeps_the_lines_of_both_sides_is_the_file_of_both()
    {
        Pin a = new(Reference("a"), null, A), b = new(Reference("b"), null, B);
        var (left, right) = (LockText.Write([a], [], []).Split('\n'), LockText.Write([b], [], []).Split('\n'));

        System.IO.File.WriteAllText(File, string.Join("\r\n", left.Union(right).Append("image b " + B)));
        var (locked, findings) = Read();
        locked!.Write([.. locked.Pins.Select(pin => pin.Value)], [], []);

        Assert.That(findings, Is.Empty);
        Assert.That(System.IO.File.ReadAllText(File), Is.EqualTo(LockText.Write([b, a], [], [])));
        Assert.That(LockText.Write([b, a], [], []), Does.EndWith($"version 1\nimage docker.io/library/a:latest {A}\nimage docker.io/library/b:latest {B}\n"));
    }

    [Test]
    public void What_the_network_gives_is_written_sorted_and_read()
    {
        RemotePin[] remotes =
        [
            new(Remote("https://host/z.tar.gz"), A), new(Remote("https://host/repository.git#v1:folder"), Commit), new(Remote("https://host/repository.git"), Commit),
            new(Remote("git@host:a/b.git#main"), Commit), new(Remote("https://user:secret@host/a?token=secret"), B),
        ];
        Empty().Write([], remotes, []);

        var (locked, findings) = Read();
        var text = System.IO.File.ReadAllText(File);

        Assert.That(findings, Is.Empty);
        Assert.That(locked!.Remotes.Select(pin => pin.Value), Is.EquivalentTo(remotes));
        Assert.That(locked.Find(Remote("https://host/repository.git#v1:another")), Is.EqualTo(remotes[1]), "a commit holds for every folder");
        Assert.That(locked.Find(Remote("https://host/repository.git#v2")), Is.Null);
        Assert.That(text, Does.Contain($"git git@host:a/b.git main {Commit}\nhttp https://host/a?").And.Contains($"\ngit https://host/repository.git HEAD {Commit}\ngit https://host/repository.git v1 {Commit}\nhttp https://host/z.tar.gz {A}\n"));
        Assert.That(text, Does.Not.Contain("secret").And.Not.Contain("user"));
    }

    [Test]
    public void A_file_that_is_as_it_should_be_is_not_touched()
    {
        Pin[] pins = [new(Reference("a"), null, A)];
        Empty().Write(pins, [], []);
        System.IO.File.SetLastWriteTimeUtc(File, DateTime.UnixEpoch);

        Read().Locked!.Write(pins, [], []);

        Assert.That(System.IO.File.GetLastWriteTimeUtc(File), Is.EqualTo(DateTime.UnixEpoch));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void Nothing_to_pin_makes_no_file()
    {
        Empty().Write([], [], []);

        Assert.That(System.IO.File.Exists(File), Is.False);
    }

    [Test]
    public void The_last_refresh_of_an_image_counts()
    {
        Empty().Write([], [], [new Refresh("b", "2026-11-21T12:30:00Z"), new Refresh("a/dev", "2025-01-01T00:00:00Z")]);
        System.IO.File.AppendAllText(File, "refresh b 2026-11-20T12:30:00Z\n");

        var locked = Read().Locked!;

        Assert.That(System.IO.File.ReadAllText(File), Does.Contain("refresh a/dev 2025-01-01T00:00:00Z\nrefresh b 2026-11-21T12:30:00Z\n"));
        Assert.That((locked.RefreshOf("b"), locked.RefreshOf("a/dev"), locked.RefreshOf("a")), Is.EqualTo(("2026-11-21T12:30:00Z", "2025-01-01T00:00:00Z", (string?)null)));
    }

    [TestCase("version 1\nrefresh a\n", "(2,1): error ORC4070")]
    [TestCase("version 1\nrefresh a yesterday\n", "(2,11): error ORC4070")]
    [TestCase("version 2\n", "(1,9): error ORC4070")]
    [TestCase("image a " + A + "\n", "(1,9): error ORC4070")]
    [TestCase("version 1\nimages a " + A + "\n", "(2,1): error ORC4070")]
    [TestCase("version 1\nimage a\n", "(2,1): error ORC4070")]
    [TestCase("version 1\nimage a sha256:aa\n", "(2,9): error ORC4070")]
    [TestCase("version 1\nimage A " + A + "\n", "(2,7): error ORC4070")]
    [TestCase("version 1\nimage a@" + A + " " + A + "\n", "(2,7): error ORC4070")]
    [TestCase("version 1\nlocal a linux " + A + "\n", "(2,9): error ORC4070")]
    [TestCase("version 1\n\n# a comment\nimage a " + A + "\nimage docker.io/library/a:latest " + B + "\n", "(5,7): error ORC4072")]
    [TestCase("version 1\nimage a " + A + "\nlocal a linux/amd64 " + B + "\n", "(3,7): error ORC4072")]
    [TestCase("version 1\nhttp https://host/a\n", "(2,1): error ORC4070")]
    [TestCase("version 1\nhttp host/a " + A + "\n", "(2,6): error ORC4070")]
    [TestCase("version 1\nhttp https://host/a.git " + A + "\n", "(2,6): error ORC4070")]
    [TestCase("version 1\nhttp https://me@host/a " + A + "\n", "(2,6): error ORC4070")]
    [TestCase("version 1\nhttp https://host/a?token=x " + A + "\n", "(2,6): error ORC4070")]
    [TestCase("version 1\nhttp https://host/a " + Commit + "\n", "(2,21): error ORC4070")]
    [TestCase("version 1\ngit https://host/a.git " + Commit + "\n", "(2,1): error ORC4070")]
    [TestCase("version 1\ngit https://me:x@host/a.git main " + Commit + "\n", "(2,5): error ORC4070")]
    [TestCase("version 1\ngit https://host/a.git main 0123\n", "(2,29): error ORC4070")]
    [TestCase("version 1\nhttp https://host/a " + A + "\nhttp https://host/a " + B + "\n", "(3,6): error ORC4072")]
    [TestCase("version 1\n<<<<<<< mine\nimage a " + A + "\n=======\nimage a " + B + "\n>>>>>>> theirs\n", "(2,1): error ORC4071")]
    public void What_is_wrong_is_said_once_with_its_place(string text, string finding)
    {
        System.IO.File.WriteAllText(File, text);

        var (locked, findings) = Read();

        Assert.That(locked, Is.Null);
        Assert.That(findings.Select(item => item.Replace(File, "", StringComparison.Ordinal)), Has.Exactly(1).StartsWith(finding + ":"));
        Assert.That(findings, Has.Count.EqualTo(1));
    }

    private (LockFile? Locked, IReadOnlyList<string> Findings) Read()
    {
        var diagnostics = new DiagnosticBag();
        var locked = LockFile.Read(Path.Combine(_folder, "images.yml"), diagnostics);
        return (locked, [.. diagnostics.Items.Select(item => item.ToString())]);
    }

    private LockFile Empty() => new(File, [], [], exists: false);

    private static RemoteSource Remote(string url) => RemoteAddress.Parse(url, RemoteUse.Classify(url)!.Value).Source;

    private static ImageReference Reference(string text) => ImageReference.Parse(text);
}
