using Orchestrator.Tool.Live;

namespace Orchestrator.Tool.Tests.Live;

/// <summary>What a run will still take, from what it took before.</summary>
internal sealed class EstimateTests
{
    private static readonly ExpectedImage Base = new("base", [], true, TimeSpan.FromSeconds(30));
    private static readonly ExpectedImage Left = new("left", ["base"], true, TimeSpan.FromSeconds(10));
    private static readonly ExpectedImage Right = new("right", ["base"], true, TimeSpan.FromSeconds(20));

    [Test]
    public void The_longest_path_counts_when_there_is_room_for_all() => Assert.That(Seconds(2), Is.EqualTo(50));

    [Test]
    public void All_work_counts_when_one_works() => Assert.That(Seconds(1), Is.EqualTo(60));

    [Test]
    public void What_runs_is_less_by_the_time_that_it_ran_and_never_below_nothing()
    {
        Assert.That(Seconds(2, [], new() { ["base"] = TimeSpan.FromSeconds(12) }), Is.EqualTo(38));
        Assert.That(Seconds(2, [], new() { ["base"] = TimeSpan.FromSeconds(99) }), Is.EqualTo(20));
        Assert.That(Seconds(2, ["base", "right"], []), Is.EqualTo(10));
    }

    [Test]
    public void What_was_never_built_takes_what_others_take_and_where_most_are_new_nobody_knows()
    {
        var unknown = Left with { Duration = null };

        Assert.That(Estimate.Left([Base, unknown, Right], new HashSet<string>(), new Dictionary<string, TimeSpan>(), 1), Is.EqualTo(TimeSpan.FromSeconds(75)));
        Assert.That(Estimate.Left([Base, unknown, Right with { Duration = null }], new HashSet<string>(), new Dictionary<string, TimeSpan>(), 1), Is.Null);
    }

    private static double? Seconds(int parallel) => Seconds(parallel, [], []);

    private static double? Seconds(int parallel, HashSet<string> settled, Dictionary<string, TimeSpan> running) => Estimate.Left([Base, Left, Right], settled, running, parallel)?.TotalSeconds;
}
