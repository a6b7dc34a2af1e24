using Orchestrator.Keys;
using Orchestrator.Planning;

namespace Orchestrator.Tests.Keys;

/// <summary>What a lock says of the network enters the keys of what fetches it, and of nothing else.</summary>
internal sealed class LockedKeyTests
{
    private const string File = "http https://host/file sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n";
    private const string Repository = "git https://host/r.git main 0123456789012345678901234567890123456789\n";

    private KeyRepository _repository = null!;

    [SetUp]
    public void Open()
    {
        _repository = new KeyRepository();
        _repository.Write("images.yml", "images:\n  app: app\n  child: child\n  other: other\n");
        _repository.Write("app/Dockerfile", "FROM scratch\nARG NAME=file\nADD https://host/$NAME /\nADD https://host/r.git#main:folder /\n");
        _repository.Write("child/Dockerfile", "FROM app\n");
        _repository.Write("other/Dockerfile", $"FROM scratch\nADD --checksum=sha256:{new string('a', 64)} https://host/file /\n");
    }

    [TearDown]
    public void Close() => _repository.Dispose();

    [TestCase("", File, "remote source `https://host/file` is new")]
    [TestCase(File, "", "remote source `https://host/file` is gone")]
    [TestCase(File + Repository, "http https://host/file sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n" + Repository, "remote source `https://host/file` changed")]
    [TestCase(File + Repository, File + "git https://host/r.git main 9999999999999999999999999999999999999999\n", "remote source `https://host/r.git#main` changed")]
    public void An_update_changes_the_keys_of_what_fetches_it(string before, string after, string difference)
    {
        Lock(before);
        var (inputs, child, other) = (_repository.Inputs(), _repository.Key("child"), _repository.Key("other"));
        var key = _repository.Key();

        Lock(after);

        Assert.That(_repository.Key(), Is.Not.EqualTo(key));
        Assert.That(_repository.Key("child"), Is.Not.EqualTo(child));
        Assert.That(_repository.Key("other"), Is.EqualTo(other), "it says itself what it takes");
        Assert.That(KeyDifference.Between(KeyExplanation.Of(inputs), KeyExplanation.Of(_repository.Inputs())).Select(item => item.ToString()), Is.EqualTo(new[] { difference }));
    }

    [Test]
    public void What_nothing_fetches_is_in_no_key()
    {
        Lock(File);
        var key = _repository.Key();

        Lock(File + "http https://host/other sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n");

        Assert.That(_repository.Key(), Is.EqualTo(key));
    }

    [Test]
    public void What_a_trigger_of_a_base_fetches_is_held_too()
    {
        _repository.Write("app/Dockerfile", "FROM scratch\nONBUILD ADD https://host/file /\n");
        Lock("");
        var (app, child) = (_repository.Key(), _repository.Key("child"));

        Lock(File);

        Assert.That(_repository.Key(), Is.EqualTo(app), "only what is built from it fetches it");
        Assert.That(_repository.Key("child"), Is.Not.EqualTo(child));
    }

    [Test]
    public void What_is_not_locked_floats_without_what_is_private()
    {
        _repository.Write("app/Dockerfile", "FROM scratch\nADD https://me:canary@host/file https://host/file?canary /x/\nADD https://canary@host/r.git /r\n");
        Lock("");

        var floating = FloatingReference.Of(_repository.Resolved(), LockedSources.None);

        Assert.That(floating.Select(reference => reference.Reference), Has.Exactly(3).Items.And.All.Not.Contain("canary"));
        Assert.That(floating.Select(reference => reference.IsContentKnown), Is.All.False);
    }

    private void Lock(string lines) => _repository.Write("images.lock", "version 1\n" + lines);
}
