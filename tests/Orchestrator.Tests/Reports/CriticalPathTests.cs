using Orchestrator.Reports;
using static Orchestrator.Tests.Reports.SampleImages;

namespace Orchestrator.Tests.Reports;

/// <summary>The chain that a run cannot be faster than.</summary>
internal sealed class CriticalPathTests
{
    [Test]
    public void It_is_the_longest_in_time_and_not_in_images() => Assert.That(
        CriticalPath.Of([Image("base", 1), Image("a", 1, "base"), Image("b", 1, "a"), Image("slow", 5, "base"), Image("c", 1, "b")]), Is.EqualTo(new[] { "base", "slow" }));

    [Test]
    public void Of_several_bases_the_later_one_counts() => Assert.That(
        CriticalPath.Of([Image("base", 1), Image("short", 1, "base"), Image("long", 3, "base"), Image("app", 1, "short", "long", "base")]), Is.EqualTo(new[] { "base", "long", "app" }));

    [Test]
    public void What_took_no_time_begins_none_but_may_lie_within() => Assert.That(
        CriticalPath.Of([Image("idle", 0), Image("first", 2, "idle"), Image("middle", 0, "first"), Image("last", 2, "middle"), Image("after", 0, "last")]), Is.EqualTo(new[] { "first", "middle", "last" }));

    [Test]
    public void What_only_comes_before_is_waited_for_too() => Assert.That(
        CriticalPath.Of([Image("first", 2), Image("last", 2) with { After = ["first"] }]), Is.EqualTo(new[] { "first", "last" }));

    [Test]
    public void Where_nothing_took_time_there_is_none() => Assert.That(CriticalPath.Of([Image("a", 0), Image("b", 0, "a")]), Is.Empty);

    [Test]
    public void Of_equally_long_ones_it_is_the_first() => Assert.That(CriticalPath.Of([Image("a", 1), Image("b", 1)]), Is.EqualTo(new[] { "a" }));
}
