using System.Text;
using Orchestrator.Building;

namespace Orchestrator.Tests.Building;

/// <summary>A step's output as lines, however it comes.</summary>
internal sealed class LogLinesTests
{
    [TestCase("one\ntwo\nthree", "one|two", "three", TestName = "Lines_end_with_a_line_feed")]
    [TestCase("a\r\nb\r\n", "a|b", "", TestName = "A_carriage_return_before_a_line_feed_is_no_text")]
    [TestCase(" 10%\r 50%\r100%\n", "100%", "", TestName = "A_carriage_return_begins_the_line_anew")]
    [TestCase("\u001b[1;31mred\u001b[0m \u001b]0;title\atext\u001b(B\n", "red text", "", TestName = "Escape_sequences_are_left_out")]
    [TestCase("bell\a and \u0000nul\tand tab\n", "bell and nul\tand tab", "", TestName = "Control_characters_are_left_out_but_tabs")]
    [TestCase("\u001b[12\nnext\n", "|next", "", TestName = "A_line_feed_ends_a_sequence_that_broke_off")]
    public void A_text_has_lines(string text, string expected, string rest)
    {
        var whole = new LogLines();
        var bytewise = new LogLines();
        var bytes = Encoding.UTF8.GetBytes(text);

        Assert.That(string.Join('|', whole.Add(bytes)), Is.EqualTo(expected));
        Assert.That(string.Join('|', bytes.SelectMany(one => bytewise.Add([one]))), Is.EqualTo(expected), "one byte at a time");
        Assert.That((whole.Rest, bytewise.Rest), Is.EqualTo((rest, rest)));
    }

    [Test]
    public void A_character_may_come_in_two_pieces()
    {
        var lines = new LogLines();
        var bytes = Encoding.UTF8.GetBytes("日\n");

        Assert.That(lines.Add(bytes.AsSpan(0, 2)), Is.Empty);
        Assert.That(lines.Add(bytes.AsSpan(2)), Is.EqualTo(new[] { "日" }));
    }
}
