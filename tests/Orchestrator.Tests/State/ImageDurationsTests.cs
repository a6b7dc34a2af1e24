using Orchestrator.State;

namespace Orchestrator.Tests.State;

/// <summary>What images took; losing it costs an estimate.</summary>
internal sealed class ImageDurationsTests
{
    private string _folder = null!;

    [SetUp]
    public void Open() => _folder = Directory.CreateTempSubdirectory("orchestrator-durations-").FullName;

    [TearDown]
    public void Close() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_last_duration_of_each_image_is_remembered()
    {
        Durations().Add([("base", TimeSpan.FromSeconds(3)), ("app/dev", TimeSpan.FromMilliseconds(1234.5))]);
        Durations().Add([("base", TimeSpan.FromSeconds(4))]);
        Durations().Add([]);

        Assert.That(Durations().Read(), Is.EquivalentTo(new Dictionary<string, TimeSpan> { ["base"] = TimeSpan.FromSeconds(4), ["app/dev"] = TimeSpan.FromMilliseconds(1234) }));
    }

    [TestCase("durations 2\n5 a")]
    [TestCase("durations 1\nx a\n-5 b\n99999999999999 c\n5\n5 ")]
    [TestCase("\0\0\0")]
    [TestCase("")]
    public void What_is_not_understood_is_as_good_as_nothing(string content)
    {
        Durations().Add([("a", TimeSpan.FromSeconds(1))]);
        File.WriteAllText(Directory.EnumerateFiles(_folder, "durations", SearchOption.AllDirectories).Single(), content);

        Assert.That(Durations().Read(), Is.Empty);
    }

    private ImageDurations Durations() => new(new GraphState(_folder, "/repo/images.yml"));
}
