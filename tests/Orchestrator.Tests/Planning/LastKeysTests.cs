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

        Assert.That(new LastKeys(_state).Read(), Is.EqualTo(new Dictionary<string, CacheKey> { ["good"] = key }));
    }

    [Test]
    public void Without_a_state_nothing_is_known() => Assert.That(LastKeys.None.Read(), Is.Empty);
}
