using Orchestrator.Diagnostics;
using Orchestrator.Tool.Findings;

namespace Orchestrator.Tool.Tests.Findings;

/// <summary>The place of a finding as a person sees it.</summary>
internal sealed class ExcerptTests
{
    private static readonly string[] File = ["name: shop", "images:", "\tapi: { contxt: services/api }", "", "  日本: { tagz: x }", "RUN a \\", "  && b \\", "  && c \\", "  && d \\", "  && e \\", "  && f"];

    [Test]
    public void A_mark_stands_under_the_columns()
    {
        Assert.That(Excerpt.Lines(File, new SourceSpan("f", 2, 3, 2, 6), 80), Is.EqualTo(new[] { "  1 | name: shop", "  2 | images:", "    |   ^^^" }));
    }

    [Test]
    public void Tabs_and_wide_characters_move_the_mark_with_them()
    {
        Assert.That(Excerpt.Lines(File, new SourceSpan("f", 3, 9, 3, 15), 80).Skip(1), Is.EqualTo(new[] { "  3 |     api: { contxt: services/api }", "    |            ^^^^^^" }));
        Assert.That(Excerpt.Lines(File, new SourceSpan("f", 5, 8), 80), Is.EqualTo(new[] { "  5 |   日本: { tagz: x }", "    |          ^" }), "no blank line before, one sign without an end");
    }

    [Test]
    public void A_whole_instruction_is_marked_at_the_side_and_its_middle_left_out()
    {
        Assert.That(Excerpt.Lines(File, new SourceSpan("f", 6, 1, 11), 80), Is.EqualTo(new[]
        {
            "   5 |   日本: { tagz: x }", ">  6 | RUN a \\", ">  7 |   && b \\", ">  8 |   && c \\", ">  9 |   && d \\", "> 10 |   && e \\", ">    | … to line 11",
        }));
        Assert.That(Excerpt.Lines(File, new SourceSpan("f", 1, 1), 80), Is.EqualTo(new[] { "> 1 | name: shop" }));
    }

    [TestCase(40)]
    [TestCase(80)]
    public void Of_a_long_line_the_marked_part_is_shown(int width)
    {
        var line = new string('a', 300) + "HERE" + new string('b', 300);

        var lines = Excerpt.Lines([line], new SourceSpan("f", 1, 301, 1, 305), width);

        Assert.That(lines.Select(Orchestrator.Tool.Live.CellText.Width), Is.All.LessThanOrEqualTo(width));
        var start = lines[1].IndexOf('^', StringComparison.Ordinal);
        Assert.That(lines[0].Substring(start, 4), Is.EqualTo("HERE"));
        Assert.That(lines[1].Count(character => character == '^'), Is.EqualTo(4));
    }

    [TestCase(0), TestCase(12)]
    public void A_line_that_is_not_there_shows_nothing(int line) => Assert.That(Excerpt.Lines(File, new SourceSpan("f", line, 1), 80), Is.Empty);
}
