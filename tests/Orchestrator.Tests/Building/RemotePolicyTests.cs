using Orchestrator.Building;
using Orchestrator.BuildKit.Control;
using Orchestrator.Tests.Keys;

namespace Orchestrator.Tests.Building;

/// <summary>What the daemon is told about the sources that a lock pins, and the engines that would not listen.</summary>
internal sealed class RemotePolicyTests
{
    private const string Commit = "0123456789012345678901234567890123456789";
    private const string Other = "9999999999999999999999999999999999999999";

    private static readonly string Digest = "sha256:" + new string('a', 64);

    private KeyRepository _repository = null!;

    [SetUp]
    public void Open()
    {
        _repository = new KeyRepository();
        _repository.Write("images.lock", $"version 1\nhttp https://host/file {Digest}\ngit https://host/r.git main {Commit}\ngit https://host/r.git HEAD {Other}\n");
    }

    [TearDown]
    public void Close() => _repository.Dispose();

    [Test]
    public void Each_use_is_held_and_everything_else_is_refused()
    {
        var options = Options("FROM scratch\nADD https://host/file /\nADD https://host/r.git#main:a /a\nADD https://host/r.git#main:b https://host/r.git /b/\n");

        Assert.That(options.SourceChecksums, Is.EqualTo(new[] { new SourceChecksum("https://host/file", Digest) }));
        Assert.That(options.SourceConversions, Is.EqualTo(new[]
        {
            new SourceConversion("git://host/r.git#main:a", $"git://host/r.git#{Commit}:a"), new SourceConversion("git://host/r.git#main:b", $"git://host/r.git#{Commit}:b"),
            new SourceConversion("git://host/r.git", $"git://host/r.git#{Other}"),
        }));
        Assert.That(options.RefusesUnpinnedSources, Is.True);
    }

    [Test]
    public void What_says_itself_what_it_takes_needs_no_rule()
    {
        var options = Options($"FROM scratch\nADD --checksum={Digest} https://host/file /\nADD https://host/r.git#{Commit} /\n");

        Assert.That((options.SourceChecksums.Count, options.SourceConversions.Count, options.RefusesUnpinnedSources), Is.EqualTo((0, 0, false)));
    }

    [Test]
    public void What_floats_on_purpose_is_let_in_and_nothing_else()
    {
        var options = Options("FROM scratch\nADD https://host/file https://host/floats /x/\nADD https://host/r.git#other:a /a\n");

        Assert.That((options.SourceChecksums.Count, options.RefusesUnpinnedSources), Is.EqualTo((1, true)));
        Assert.That(options.AdmittedSources, Is.EqualTo(new[] { "https://host/floats", "git://host/r.git#other:a" }));
        Assert.That(SourcePolicies.Of(options)!.Rules.TakeLast(3).Select(rule => $"{rule.Action} {rule.Selector.MatchType} {rule.Selector.Identifier}"), Is.EqualTo(new[]
        {
            "Allow Regex ^git://[^#]*#([0-9a-f]{40}|[0-9a-f]{64})(:|$)", "Allow Exact https://host/floats", "Allow Exact git://host/r.git#other:a",
        }), "the last rule that matches decides");
    }

    [TestCase("https://github.com/a/b.git#main", "git@github.com:a/b.git#main")]
    [TestCase("https://github.com/a/b.git#main:x", "ssh://git@github.com/a/b.git#main:x")]
    public void One_rule_cannot_stand_for_two_pins(string first, string second)
    {
        var pins = $"version 1\ngit https://github.com/a/b.git main {Commit}\ngit git@github.com:a/b.git main {{0}}\ngit ssh://git@github.com/a/b.git main {{0}}\n";
        _repository.Write("app/Dockerfile", $"FROM scratch\nADD {first} /a\nADD {second} /b\n");

        _repository.Write("images.lock", pins.Replace("{0}", Other, StringComparison.Ordinal));
        Assert.That(_repository.Findings(), Is.EqualTo(new[]
        {
            $"ORC4086(3) The builder takes '{second.Split(":x")[0]}' and '{first.Split(":x")[0]}' for one repository, but images.lock pins them to {Other[..12]} and to {Commit[..12]}.",
        }));

        _repository.Write("images.lock", pins.Replace("{0}", Commit, StringComparison.Ordinal));
        Assert.That(RemotePolicy.Apply(new SolveOptions(), _repository.Planned()).SourceConversions, Has.Count.EqualTo(1));
    }

    [Test]
    public void Two_refs_of_one_repository_have_pins_of_their_own()
    {
        _repository.Write("app/Dockerfile", "FROM scratch\nADD https://host/r.git#main /a\nADD https://host/r.git /b\n");

        Assert.That(_repository.Findings(), Is.Empty);
    }

    [TestCase(24, false, "ORC4084")]
    [TestCase(26, false, null)]
    [TestCase(26, true, "ORC4085")]
    [TestCase(28, true, null)]
    [TestCase(0, true, null)]
    public void An_engine_that_would_not_hold_it_builds_nothing(int major, bool noCache, string? code)
    {
        _repository.Write("app/Dockerfile", "FROM scratch\nADD https://host/file /\n");

        Assert.That(RemotePolicy.Obstacle(_repository.Planned(), noCache, major)?.Code, Is.EqualTo(code));
    }

    [TestCase(23, true)]
    public void An_image_without_such_sources_is_built_by_every_engine(int major, bool noCache)
    {
        _repository.Write("app/Dockerfile", "FROM scratch\n");

        Assert.That(RemotePolicy.Obstacle(_repository.Planned(), noCache, major), Is.Null);
    }

    private SolveOptions Options(string dockerfile)
    {
        _repository.Write("app/Dockerfile", dockerfile);
        return RemotePolicy.Apply(new SolveOptions(), _repository.Planned());
    }
}
