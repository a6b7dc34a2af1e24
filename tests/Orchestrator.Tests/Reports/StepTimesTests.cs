using Orchestrator.BuildKit.Control;
using Orchestrator.Reports;

namespace Orchestrator.Tests.Reports;

/// <summary>When a step was at work, from what the daemon says of it again and again.</summary>
internal sealed class StepTimesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public void The_last_word_on_a_start_counts() =>
        Assert.That(Report(Update(1, null), Update(1, 3)), Is.EqualTo(new ReportedStep("RUN x", StepState.Done, At(1), At(3), At(2), "")));

    [Test]
    public void A_step_can_rest_in_between() =>
        Assert.That(Report(Update(1, 2), Update(5, null), Update(5, 8)), Is.EqualTo(new ReportedStep("RUN x", StepState.Done, At(1), At(8), At(4), "")));

    [Test]
    public void What_never_ended_ended_with_its_image_and_not_by_itself() =>
        Assert.That(Report(Update(1, null)), Is.EqualTo(new ReportedStep("RUN x", StepState.Stopped, At(1), At(10), At(9), "")));

    [TestCase("process did not complete", StepState.Failed, "process did not complete")]
    [TestCase("context canceled: context canceled", StepState.Stopped, "")]
    public void Failing_is_not_being_stopped(string error, StepState state, string shown)
    {
        var step = Report(Update(1, 2) with { Error = error });

        Assert.That((step.State, step.Error), Is.EqualTo((state, shown)));
    }

    [Test]
    public void What_came_from_the_cache_is_told() => Assert.That(Report(Update(1, 1) with { Cached = true }).State, Is.EqualTo(StepState.Cached));

    [Test]
    public void What_another_build_began_before_the_run_began_with_it() => Assert.That(Report(Update(-5, 2)), Is.EqualTo(new ReportedStep("RUN x", StepState.Done, At(0), At(2), At(2), "")));

    /// <summary>The daemon says that something was at second 100 when we know of it.</summary>
    [TestCase(100.3, 100, TestName = "A_clock_that_is_ours_is_believed")]
    [TestCase(40.0, 40, TestName = "A_clock_that_is_ahead_is_put_right")]
    [TestCase(160.0, 160, TestName = "A_clock_that_is_behind_is_put_right")]
    public void Times_are_by_our_clock(double known, double expected)
    {
        var clock = new DaemonClock(Start);
        clock.Take(Start + At(100), Start + At(known));
        clock.Take(Start + At(90), Start + At(known + 7));

        Assert.That(clock.Place(Start + At(100)), Is.EqualTo(At(expected)));
    }

    private static ReportedStep Report(params IReadOnlyList<VertexUpdate> updates)
    {
        var step = new StepTimes();
        foreach (var update in updates)
        {
            step.Take(update);
        }

        return step.Report(time => time - Start, At(10));
    }

    private static VertexUpdate Update(double started, double? completed) =>
        new("sha256:1", "RUN x", [], false, Start + At(started), completed is { } end ? Start + At(end) : null, "");

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
