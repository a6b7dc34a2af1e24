using Orchestrator.Docker;
using Orchestrator.Testing;

namespace Orchestrator.Tests.Testing;

/// <summary>Which containers of tests nobody needs any more.</summary>
internal sealed class ContainerMarksTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    [TestCase("me", true, true)]
    [TestCase("me", false, false)]
    [TestCase("other", true, false)]
    public void Its_own_are_left_behind_where_it_is_alone(string owner, bool isAlone, bool isLeftover) =>
        Assert.That(Marks("me", isAlone).IsLeftover(Container(Marks(owner, true).Of(Timeout))), Is.EqualTo(isLeftover));

    [TestCase(64, false)]
    [TestCase(66, true)]
    public void Those_of_others_are_when_they_should_have_ended_long_ago(int minutes, bool isLeftover) =>
        Assert.That(Marks("me", false, TimeSpan.FromMinutes(minutes)).IsLeftover(Container(Marks("other", true).Of(Timeout))), Is.EqualTo(isLeftover));

    [Test]
    public void One_that_does_not_say_until_when_stays() =>
        Assert.That(Marks("me", true).IsLeftover(Container(new Dictionary<string, string> { [ContainerMarks.Graph] = "shop" })), Is.False);

    private static ContainerMarks Marks(string owner, bool isAlone, TimeSpan after = default) => new(owner, "shop", isAlone, new Clock(new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero) + after));

    private static ContainerSummary Container(IReadOnlyDictionary<string, string> labels) => new() { Id = "c", Labels = labels };

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
