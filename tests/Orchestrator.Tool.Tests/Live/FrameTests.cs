using Orchestrator.Tool.Live;

namespace Orchestrator.Tool.Tests.Live;

/// <summary>What stands on the screen while a run goes on, at the widths that people have.</summary>
internal sealed class FrameTests
{
    private static readonly Look Plain = new(HasColour: false, HasUnicode: true);
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(75.2);

    [Test]
    public void At_80_columns_a_row_has_name_step_bytes_and_time()
    {
        Assert.That(Lines(80), Is.EqualTo(new[]
        {
            " python:3.12-slim  pulling                         120.4 MB / 300.0 MB  1:15 min",
            " base-python-pose  [stage-0 2/5] RUN pip install…                       1:05 min",
            " web               load build context                         420.0 MB     5.2 s",
            " ━━━━━━━━━━━━────────────────────────  2/6  1 failed  1:15 min  about 3 min left",
        }));
    }

    [Test]
    public void At_40_columns_bytes_take_the_step_s_place()
    {
        Assert.That(Lines(40), Is.EqualTo(new[]
        {
            " python:3.12-…  120.4 MB / 30…  1:15 min",
            " base-python-…  [stage-0 2/5]…  1:05 min",
            " web            420.0 MB           5.2 s",
            " ━━━━──────────  2/6  1 failed  1:15 min",
        }));
    }

    [Test]
    public void At_200_columns_a_step_is_shown_as_a_whole()
    {
        Assert.That(Lines(200)[1], Does.Contain("[stage-0 2/5] RUN pip install torch torchvision --index-url https://download.example/whl/cpu  "));
    }

    [TestCase(1), TestCase(7), TestCase(20), TestCase(40), TestCase(79), TestCase(80), TestCase(133), TestCase(200)]
    public void No_line_is_wider_than_the_screen(int width)
    {
        var state = State();
        state.Start("wide", "画像-日本語-サービス", TimeSpan.Zero);
        state.Find("wide")!.Step("w", "RUN echo 日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語\nand more", true, false);

        Assert.That(Frame.Lines(state, Now, width, 20, Plain).Select(CellText.Width), Is.All.LessThanOrEqualTo(width));
    }

    [TestCase(1, 1), TestCase(2, 2), TestCase(3, 3), TestCase(4, 4), TestCase(30, 4)]
    public void A_low_screen_shows_how_many_more_there_are(int height, int expected)
    {
        var lines = Frame.Lines(State(), Now, 80, height, Plain);

        Assert.That(lines, Has.Count.EqualTo(expected));
        Assert.That(lines[^1], Does.Contain("2/6"));
        Assert.That(string.Concat(lines).Contains(" more", StringComparison.Ordinal), Is.EqualTo(height is 2 or 3));
    }

    [Test]
    public void Without_unicode_everything_is_ASCII()
    {
        Assert.That(string.Concat(Frame.Lines(State(), Now, 40, 20, new Look(false, false))), Does.Match(@"\A[ -~]+\z"));
    }

    [Test]
    public void Colours_take_no_cells_and_end_where_they_began()
    {
        var coloured = Frame.Lines(State(), Now, 80, 20, new Look(true, true));

        Assert.That(coloured.Select(line => System.Text.RegularExpressions.Regex.Replace(line, "\u001b\\[\\d*m", "")), Is.EqualTo(Lines(80)));
        Assert.That(coloured.Select(line => line.Split("\u001b[0m").Length), Is.EqualTo(coloured.Select(line => (line.Split("\u001b[").Length + 1) / 2)));
    }

    [Test]
    public void Of_the_steps_at_work_the_user_s_come_before_housekeeping()
    {
        var state = new RunState();
        state.Start("a", "a", TimeSpan.Zero);
        var row = state.Find("a")!;
        row.Step("1", "[1/2] RUN make", true, false);
        row.Step("2", "[internal] load build context", true, false);

        Assert.That(row.Current!.Name, Is.EqualTo("[1/2] RUN make"));
        row.Step("1", "[1/2] RUN make", true, true);
        Assert.That(row.Current!.Name, Is.EqualTo("load build context"));
        row.Step("1", "[1/2] RUN make", true, false);
        Assert.That(row.Current!.Name, Is.EqualTo("[1/2] RUN make"), "a step can begin again");
    }

    private static IReadOnlyList<string> Lines(int width) => Frame.Lines(State(), Now, width, 20, Plain);

    private static RunState State()
    {
        var state = new RunState();
        ExpectedImage[] images =
        [
            new("done", [], true, TimeSpan.FromSeconds(4)), new("bad", [], true, null), new("base", [], true, TimeSpan.FromSeconds(200)), new("web", [], true, TimeSpan.FromSeconds(10)),
            new("api", ["base"], true, TimeSpan.FromSeconds(50)), new("same", [], false, null),
        ];
        state.Plan(images, 2);
        state.Settle("done", hasFailed: false);
        state.Settle("bad", hasFailed: true);
        state.Carry("pulling", "python:3.12-slim", TimeSpan.Zero);
        state.Carried("pulling", "python:3.12-slim", new Transfer(120_400_000, 300_000_000));
        state.Start("base", "base-python-pose", TimeSpan.FromSeconds(10));
        state.Find("base")!.Step("1", "[stage-0 2/5] RUN pip install torch torchvision --index-url https://download.example/whl/cpu", true, false);
        state.Start("web", "web", TimeSpan.FromSeconds(70));
        state.Find("web")!.Step("2", "[internal] load build context", true, false);
        state.Find("web")!.Bytes("2", "transferring context:", new Transfer(420_000_000, 0));
        return state;
    }
}
