using Orchestrator.Diagnostics;
using Orchestrator.Graph.Variables;

namespace Orchestrator.Tests.Graph;

internal sealed class InterpolationTests
{
    private static readonly Dictionary<string, string> Variables = new() { ["SET"] = "value", ["EMPTY"] = "", ["_a1"] = "odd" };

    [TestCase("plain", "plain")]
    [TestCase("$SET", "value")]
    [TestCase("<$SET>", "<value>")]
    [TestCase("${SET}", "value")]
    [TestCase("${SET}${SET}", "valuevalue")]
    [TestCase("$_a1.x", "odd.x")]
    [TestCase("$$SET", "$SET")]
    [TestCase("$$$SET", "$value")]
    [TestCase("$EMPTY", "")]
    [TestCase("${SET:-d}", "value")]
    [TestCase("${EMPTY:-d}", "d")]
    [TestCase("${NONE:-d}", "d")]
    [TestCase("${EMPTY-d}", "")]
    [TestCase("${NONE-d}", "d")]
    [TestCase("${NONE:-}", "")]
    [TestCase("${NONE-a:-b}", "a:-b")]
    [TestCase("${SET:+r}", "r")]
    [TestCase("${EMPTY:+r}", "")]
    [TestCase("${EMPTY+r}", "r")]
    [TestCase("${NONE+r}", "")]
    [TestCase("${NONE:+$ALSO_NONE}", "")]
    [TestCase("${SET:-$NONE}", "value")]
    [TestCase("${SET:?m}", "value")]
    [TestCase("${EMPTY?m}", "")]
    [TestCase("${NONE:-${EMPTY:-${SET}}}", "value")]
    [TestCase("${NONE:-a${SET}b}c", "avaluebc")]
    [TestCase("${NONE:-$$}", "$")]
    [TestCase("{SET}", "{SET}")]
    [TestCase("a$", "a$")]
    [TestCase("$5", "$5")]
    public void Variables_follow_the_rules_of_compose(string text, string expected)
    {
        var (value, diagnostics) = Expand(text);
        Assert.That(value, Is.EqualTo(expected));
        Assert.That(diagnostics, Is.Empty);
    }

    [TestCase("ab$NONE", "ab", "ORC1050(3) The variable 'NONE' is not set; an empty text takes its place.")]
    [TestCase("${NONE}", "", "ORC1050(1) The variable 'NONE' is not set; an empty text takes its place.")]
    [TestCase("${NONE:?say why}", "", "ORC1051(1) The variable 'NONE' is required: say why.")]
    [TestCase("${EMPTY:?}", "", "ORC1051(1) The variable 'EMPTY' is required.")]
    [TestCase("${NONE?because $SET}", "", "ORC1051(1) The variable 'NONE' is required: because value.")]
    [TestCase("${NONE:-x$MORE}", "x", "ORC1050(10) The variable 'MORE' is not set; an empty text takes its place.")]
    [TestCase("${SET", "", "ORC1052(1) '${SET' is not a valid use of a variable: the closing brace is missing.")]
    [TestCase("${}", "", "ORC1052(1) '${}' is not a valid use of a variable: a name must follow the brace.")]
    [TestCase("${SET%x}", "", "ORC1052(1) '${SET%x}' is not a valid use of a variable: behind the name comes one of :- - :? ? :+ +.")]
    [TestCase("${SET:}", "", "ORC1052(1) '${SET:}' is not a valid use of a variable: behind the name comes one of :- - :? ? :+ +.")]
    public void Mistakes_are_found_at_their_place(string text, string expected, string finding)
    {
        var (value, diagnostics) = Expand(text);
        Assert.That(value, Is.EqualTo(expected));
        Assert.That(diagnostics.Select(item => $"{item.Code}({item.Span.Column}) {item.Message}"), Is.EqualTo(new[] { finding }));
    }

    [Test]
    public void Deep_nesting_is_refused_instead_of_exhausting_the_stack()
    {
        var text = string.Concat(Enumerable.Repeat("${NONE:-", 5000)) + new string('}', 5000);
        Assert.That(Expand(text).Diagnostics.Select(item => item.Code), Is.EqualTo(new[] { "ORC1052" }));
    }

    private static (string Value, IReadOnlyList<Diagnostic> Diagnostics) Expand(string text)
    {
        var diagnostics = new DiagnosticBag();
        var value = new Interpolation(Variables.GetValueOrDefault, diagnostics).Expand(text, index => new SourceSpan("f", 1, index + 1));
        return (value, diagnostics.Items);
    }
}
