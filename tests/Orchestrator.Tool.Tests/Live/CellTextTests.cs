using Orchestrator.Diagnostics;
using Orchestrator.Tool.Live;

namespace Orchestrator.Tool.Tests.Live;

/// <summary>Cells, not characters.</summary>
internal sealed class CellTextTests
{
    [TestCase("abc", 3), TestCase("日本", 4), TestCase("é", 1), TestCase("e\u0301", 1), TestCase("🚀", 2), TestCase("\u200b", 0), TestCase("", 0)]
    public void A_text_takes_cells(string text, int cells) => Assert.That(CellText.Width(text), Is.EqualTo(cells));

    [TestCase("abcdef", 6, "abcdef"), TestCase("abcdef", 5, "abcd…"), TestCase("日本語", 5, "日本…"), TestCase("日本語", 4, "日…"), TestCase("abc", 1, "…"), TestCase("abc", 0, "")]
    public void A_text_is_cut_between_characters(string text, int cells, string expected) => Assert.That(CellText.Fit(text, cells), Is.EqualTo(expected));

    [Test]
    public void A_text_is_one_line_and_moves_no_cursor() => Assert.That(VisibleLine.Of("a\tb\nc\r\u001b[2Jd"), Is.EqualTo("a b c[2Jd"));
}
