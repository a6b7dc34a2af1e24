using Orchestrator.Building;
using Orchestrator.Reports;
using Orchestrator.State;
using static Orchestrator.Tests.Reports.SampleImages;

namespace Orchestrator.Tests.Reports;

/// <summary>What is remembered of builds, and what a run is compared with.</summary>
internal sealed class ComparisonTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    private string _folder = null!;

    [SetUp]
    public void Open() => _folder = Directory.CreateTempSubdirectory("orchestrator-builds-").FullName;

    [TearDown]
    public void Close() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_build_is_read_as_it_was_written()
    {
        Builds().Add(Build(("base", 100, 1.5), ("my app", 200, null)), ["base", "my app"]);

        var read = Builds().Read()!;

        Assert.That((read.Started, read.Duration), Is.EqualTo((Morning, TimeSpan.FromSeconds(10))));
        Assert.That(read.Images, Is.EquivalentTo(new Dictionary<string, PastImage> { ["base"] = new(100, TimeSpan.FromSeconds(1.5)), ["my app"] = new(200, null) }));
    }

    [Test]
    public void What_a_build_did_not_reach_stays_as_long_as_the_graph_has_it()
    {
        Builds().Add(Build(("base", 100, 1), ("app", 200, 2), ("gone", 300, 3)), ["base", "app", "gone"]);
        Builds().Add(Build(("base", 110, null)), ["base", "app"]);

        Assert.That(Builds().Read()!.Images, Is.EquivalentTo(new Dictionary<string, PastImage> { ["base"] = new(110, TimeSpan.FromSeconds(1)), ["app"] = new(200, TimeSpan.FromSeconds(2)) }));
    }

    [TestCase("")]
    [TestCase("last-build 2\n1 1\n1 1 a")]
    [TestCase("last-build 1")]
    [TestCase("last-build 1\nx 1\n1 1 a")]
    [TestCase("last-build 1\n-1 1\n1 1 a")]
    [TestCase("last-build 1\n1125899906842000 1\n1 1 a")]
    [TestCase("last-build 1\n1 1125899906842000\n1 1 a")]
    public void What_is_not_understood_is_as_good_as_nothing(string content)
    {
        Builds().Add(Build(("base", 100, 1)), ["base"]);
        File.WriteAllText(Directory.EnumerateFiles(_folder, "last-build", SearchOption.AllDirectories).Single(), content);

        Assert.That(Builds().Read(), Is.Null);
    }

    [Test]
    public void What_an_image_took_is_known_until_it_is_built_again()
    {
        Assert.That(Builds().Durations(), Is.Empty);
        Builds().Add(Build(("base", 100, 3), ("app/dev", 100, 1.2345), ("pulled", 100, null)), ["base", "app/dev", "pulled"]);
        Builds().Add(Build(("base", 100, 4), ("app/dev", 100, null)), ["base", "app/dev", "pulled"]);

        Assert.That(Builds().Durations(), Is.EquivalentTo(new Dictionary<string, TimeSpan> { ["base"] = TimeSpan.FromSeconds(4), ["app/dev"] = TimeSpan.FromMilliseconds(1234) }));
    }

    [Test]
    public void Lines_that_are_not_understood_are_left_out()
    {
        Builds().Add(Build(("base", 100, 1)), ["base"]);
        File.WriteAllText(Directory.EnumerateFiles(_folder, "last-build", SearchOption.AllDirectories).Single(), "last-build 1\n1 1\nx 1 a\n1 x b\n1 1\n\n- 5 c\n99999999999999999999 1 d\n1125899906842000 1 e");

        Assert.That(Builds().Read()!.Images.Keys, Is.EqualTo(new[] { "c" }));
    }

    [Test]
    public void A_run_is_compared_image_by_image()
    {
        var past = Build(("base", 1000, 1), ("app", 900, 2), ("new-time", 1000, null), ("gone", 300, 3), ("not-asked", 300, 3));
        ReportedImage[] images = [Image("base", 0), Image("app", 2.5), Image("new-time", 4), Image("added", 1), Image("app2", 1) with { Outcome = BuildOutcome.Failed, IsSuccess = false }];

        var comparison = BuildComparison.Of(past, images, new HashSet<string> { "base", "app", "new-time", "added", "app2", "not-asked" })!;

        Assert.That(comparison.Images.Select(image => (image.Name, image.Longer, image.Larger)), Is.EqualTo(new (string, TimeSpan?, long)[] { ("base", null, 0), ("app", TimeSpan.FromSeconds(0.5), 100), ("new-time", null, 0) }));
        Assert.That(comparison.Added, Is.EqualTo(new[] { "added", "app2" }));
        Assert.That(comparison.Removed, Is.EqualTo(new[] { "gone" }));
    }

    [Test]
    public void Without_a_build_before_there_is_nothing_to_compare_with() => Assert.That(BuildComparison.Of(Builds().Read(), [Image("a", 1)], new HashSet<string> { "a" }), Is.Null);

    private static PastBuild Build(params IReadOnlyList<(string Name, long Size, double? Seconds)> images) => new(
        Morning, TimeSpan.FromSeconds(10), images.ToDictionary(image => image.Name, image => new PastImage(image.Size, image.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null)));

    private PastBuilds Builds() => new(new GraphState(_folder, "/repo/images.yml"));
}
