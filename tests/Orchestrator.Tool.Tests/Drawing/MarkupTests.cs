using System.Xml.Linq;
using Orchestrator.Tool.Drawing;

namespace Orchestrator.Tool.Tests.Drawing;

/// <summary>Texts are anything that a Dockerfile, a container or a registry may say.</summary>
internal sealed class MarkupTests
{
    [TestCase("<script>alert(1)</script>")]
    [TestCase("\"><img src=x onerror=alert(1)>")]
    [TestCase("' onmouseover='alert(1)")]
    [TestCase("&lt;b&gt; &amp; ]]> <!-- -->")]
    [TestCase("two\nlines\tand a tab")]
    public void A_text_is_that_text_and_nothing_else(string text)
    {
        var element = XElement.Parse(new Markup().Open("p", ("title", text)).Text(text).Close().ToString());

        Assert.That(element.Value, Is.EqualTo(text));
        Assert.That(element.Attributes().Single().Value, Is.EqualTo(text.Replace('\n', ' ').Replace('\t', ' ')));
        Assert.That(element.Elements(), Is.Empty);
    }

    [TestCase("\u0000\u0007\u001b[31m", "\uFFFD\uFFFD\uFFFD[31m", TestName = "Control_characters")]
    [TestCase("a\u202Egnp.exe\u2066", "a\uFFFDgnp.exe\uFFFD", TestName = "Marks_that_turn_the_direction")]
    [TestCase("\uFFFE\uFFFF", "\uFFFD\uFFFD", TestName = "What_XML_cannot_hold")]
    [TestCase("画像 🐳 é", "画像 🐳 é", TestName = "And_all_the_world_s_letters_stay")]
    public void What_only_confuses_is_shown_as_such(string text, string expected) => Assert.That(XElement.Parse(new Markup().Element("p", text).ToString()).Value, Is.EqualTo(expected));

    [Test]
    public void Half_a_character_is_none() => Assert.That(new Markup().Text("half " + (char)0xD83D + " of one").ToString(), Is.EqualTo("half \uFFFD of one"));

    [Test]
    public void An_attribute_without_a_value_is_left_out() => Assert.That(new Markup().Empty("rect", ("a", null), ("b", "")).ToString(), Is.EqualTo("<rect b=\"\"/>"));
}
