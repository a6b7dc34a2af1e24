using System.Text;
using Orchestrator.Keys;
using Orchestrator.Planning;
using Orchestrator.State;

namespace Orchestrator.Tests.Planning;

internal sealed class LastKeysTests
{
    private string _folder = null!;
    private GraphState _state = null!;

    [SetUp]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("orchestrator-").FullName;
        _state = new GraphState(_folder, "/images.yml");
    }

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Lines_that_are_no_keys_are_left_out()
    {
        var key = new CacheKey(new string('a', 64));
        _state.Write("last-keys", Encoding.UTF8.GetBytes($"good {KeyTag.Tag(key)}\nshort key-abc\nword\nother {key.Hex}\nslash key-{new string('/', 64)}\n\0\n"));

        Assert.That(new LastKeys(_state).Read(), Is.EqualTo(new Dictionary<string, LastKey> { ["good"] = new(key, null) }));
    }

    [Test]
    public void What_was_seen_is_read_as_it_was_written_and_what_is_damaged_is_not()
    {
        var key = new CacheKey(new string('a', 64));
        var keys = new Dictionary<string, LastKey> { ["bare"] = new(key, null), ["base"] = new(key, new KnownImage("sha256:1", 12, null, null)), ["service"] = new(key, new KnownImage("sha256:2", 0, "b", "c")) };
        new LastKeys(_state).Save(new Dictionary<string, LastKey>(), keys, ["bare", "base", "service"]);

        Assert.That(new LastKeys(_state).Read(), Is.EqualTo(keys));

        _state.Write("last-keys", Encoding.UTF8.GetBytes($"size {KeyTag.Tag(key)} sha256:1 x - -\nfew {KeyTag.Tag(key)} sha256:1 12 -\nmany {KeyTag.Tag(key)} sha256:1 12 - - -\nempty {KeyTag.Tag(key)}  12 - -"));
        Assert.That(new LastKeys(_state).Read().Values, Has.Exactly(4).EqualTo(new LastKey(key, null)));
    }

    [Test]
    public void Images_that_the_graph_lost_are_forgotten_and_those_that_were_not_planned_stay()
    {
        var key = new CacheKey(new string('a', 64));
        var (old, now) = (new LastKey(key, null), new LastKey(key, new KnownImage("sha256:1", 1, null, null)));
        new LastKeys(_state).Save(new Dictionary<string, LastKey> { ["gone"] = old, ["stays"] = old, ["planned"] = old }, new Dictionary<string, LastKey> { ["planned"] = now }, ["stays", "planned"]);

        Assert.That(new LastKeys(_state).Read(), Is.EqualTo(new Dictionary<string, LastKey> { ["stays"] = old, ["planned"] = now }));
    }

    [Test]
    public void Without_a_state_nothing_is_known() => Assert.That(LastKeys.Nothing.Read(), Is.Empty);
}
