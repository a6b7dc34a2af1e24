using Microsoft.Build.Framework;
using Orchestrator.Tasks;

namespace Orchestrator.Package.Tests.Protocol;

internal sealed class ToolLineTests
{
    [Test]
    public void An_error_carries_code_help_and_place()
    {
        var line = Parse(@"orc1|error|ORC2001|https://help/ORC2001|/repo/a b/Dockerfile|12|1|13|20|unknown instruction: RUM\n  did you mean RUN?");

        Assert.Multiple(() =>
        {
            Assert.That(line.Kind, Is.EqualTo(ToolLineKind.Error));
            Assert.That(line.Code, Is.EqualTo("ORC2001"));
            Assert.That(line.HelpLink, Is.EqualTo("https://help/ORC2001"));
            Assert.That(line.File, Is.EqualTo("/repo/a b/Dockerfile"));
            Assert.That((line.Line, line.Column, line.EndLine, line.EndColumn), Is.EqualTo((12, 1, 13, 20)));
            Assert.That(line.Text, Is.EqualTo("unknown instruction: RUM\n  did you mean RUN?"));
        });
    }

    [TestCase("high", MessageImportance.High)]
    [TestCase("normal", MessageImportance.Normal)]
    [TestCase("low", MessageImportance.Low)]
    [TestCase("loud", MessageImportance.Low)]
    public void A_message_has_an_importance(string word, MessageImportance expected)
    {
        var line = Parse($"orc1|message|{word}|hello");

        Assert.Multiple(() =>
        {
            Assert.That(line.Kind, Is.EqualTo(ToolLineKind.Message));
            Assert.That(line.Importance, Is.EqualTo(expected));
            Assert.That(line.Text, Is.EqualTo("hello"));
        });
    }

    [Test]
    public void An_image_has_a_name_and_metadata_in_order()
    {
        var line = Parse(@"orc1|image|app:dev|Reference=app:dev|Tags=a;b|Reason=x=1 \p y|Digest=|Odd");

        Assert.Multiple(() =>
        {
            Assert.That(line.Name, Is.EqualTo("app:dev"));
            Assert.That(line.Metadata.Select(pair => $"{pair.Key}→{pair.Value}"), Is.EqualTo(new[] { "Reference→app:dev", "Tags→a;b", "Reason→x=1 | y", "Digest→", "Odd→" }));
        });
    }

    [TestCase(@"\\", @"\")]
    [TestCase(@"\p", "|")]
    [TestCase(@"\n", "\n")]
    [TestCase(@"\r", "\r")]
    [TestCase(@"\\n", @"\n")]
    [TestCase(@"C:\\new\\pipe", @"C:\new\pipe")]
    [TestCase(@"\q", @"\q")]
    [TestCase(@"end\", @"end\")]
    [TestCase(@"\\\p", @"\|")]
    [TestCase("", "")]
    public void Escapes_are_undone(string field, string expected) =>
        Assert.That(Parse($"orc1|message|low|{field}").Text, Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("|")]
    [TestCase(@"a\b|c")]
    [TestCase("two\r\nlines\n")]
    [TestCase(@"\p\n\\")]
    [TestCase("ünï|cödé\\")]
    public void What_is_formatted_is_read_back(string text)
    {
        var written = ToolLine.Format("message", "high", text);

        Assert.Multiple(() =>
        {
            Assert.That(written, Does.Not.Contain("\n").And.Not.Contain("\r"));
            Assert.That(Parse(written).Text, Is.EqualTo(text));
        });
    }

    [TestCase("")]
    [TestCase("orc1")]
    [TestCase("orc1|")]
    [TestCase("orc|error|x")]
    [TestCase("orcs|message|high|x")]
    [TestCase("orc-1|message|high|x")]
    [TestCase(" orc1|message|high|x")]
    [TestCase("orc1|progress|5")]
    [TestCase("orc1|error|ORC0001|too|few")]
    [TestCase("orc1|message|high|one|field too many")]
    [TestCase("orc1|image")]
    [TestCase("ERROR: pip's dependency resolver does not currently take into account")]
    [TestCase("main.c(3,1): error CS0001: x")]
    public void Other_lines_are_no_lines_of_ours(string line) =>
        Assert.That(ToolLine.TryParse(line, out _), Is.False);

    [TestCase("orc2|message|high|x", 2)]
    [TestCase("orc12|whatever", 12)]
    [TestCase("orc0|error|x", 0)]
    public void Another_version_is_told_apart(string text, int version)
    {
        var line = Parse(text);

        Assert.Multiple(() =>
        {
            Assert.That(line.Kind, Is.EqualTo(ToolLineKind.OtherVersion));
            Assert.That(line.Version, Is.EqualTo(version));
        });
    }

    [Test]
    public void A_place_that_is_no_number_does_not_lose_the_error() =>
        Assert.That(Parse("orc1|error|ORC0199||f|x|-1||99999999999|text").Line, Is.Zero);

    private static ToolLine Parse(string text)
    {
        Assert.That(ToolLine.TryParse(text, out var line), Is.True, text);
        return line!;
    }
}
