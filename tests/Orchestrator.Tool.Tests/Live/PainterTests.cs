using Orchestrator.Testing;
using Orchestrator.Tool.Live;

namespace Orchestrator.Tool.Tests.Live;

/// <summary>Frames over frames, and the terminal as it was after each of them.</summary>
internal sealed class PainterTests
{
    private readonly List<string> _writes = [];

    [SetUp]
    public void Begin() => _writes.Clear();

    [Test]
    public void Each_frame_takes_the_place_of_the_one_before_and_lines_above_stay()
    {
        var painter = new Painter(_writes.Add);
        painter.Paint([], ["one", "two", "bar"], 20, 10);
        painter.Paint(["built a"], ["two", "bar"], 20, 10);
        painter.Paint(["built b", "a line that is longer than the screen"], ["bar"], 20, 10);
        painter.Paint(["all"], [], 20, 10);

        Assert.That(Shown(20).Text, Is.EqualTo("built a\nbuilt b\na line that is longe\nr than the screen\nall"));
    }

    [Test]
    public void Every_write_leaves_cursor_and_wrapping_switched_on()
    {
        var painter = new Painter(_writes.Add);
        painter.Paint([], ["a row as wide as it.", "bar"], 20, 10);
        painter.Paint(["built a"], ["bar"], 20, 10);

        for (var count = 1; count <= _writes.Count; count++)
        {
            var screen = Shown(20, count);
            Assert.That((screen.IsCursorShown, screen.Wraps), Is.EqualTo((true, true)), $"after {count} writes");
        }

        Assert.That(Shown(20, 1).Text, Is.EqualTo("a row as wide as it.\nbar"));
    }

    /// <summary>A terminal that becomes narrower wraps what stands on it.</summary>
    [Test]
    public void A_narrower_screen_is_cleared_of_what_was_wrapped()
    {
        var painter = new Painter(_writes.Add);
        painter.Paint(["above"], ["0123456789012345", "bar"], 20, 10);
        _writes.Clear();
        painter.Paint([], ["01234567", "bar"], 10, 10);

        var screen = new Screen(10).Take("above\n0123456789\n012345\nbar\n");
        Assert.That(screen.Take(string.Concat(_writes)).Text, Is.EqualTo("above\n01234567\nbar"));
    }

    [Test]
    public void Nothing_to_show_writes_nothing()
    {
        new Painter(_writes.Add).Paint([], [], 80, 24);

        Assert.That(_writes, Is.Empty);
    }

    private Screen Shown(int width, int count = int.MaxValue) => new Screen(width).Take(string.Concat(_writes.Take(count)));
}
