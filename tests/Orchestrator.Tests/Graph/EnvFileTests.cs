using Orchestrator.Diagnostics;
using Orchestrator.Graph.Variables;

namespace Orchestrator.Tests.Graph;

internal sealed class EnvFileTests
{
    private static readonly Dictionary<string, string> Environment = new() { ["SHELL_ONLY"] = "shell", ["BOTH"] = "from-shell" };

    [TestCase("A=1", "1")]
    [TestCase("  A = 1  ", "1")]
    [TestCase("A: 1", "1")]
    [TestCase("export A=1", "1")]
    [TestCase("A=", "")]
    [TestCase("A=\n# comment\nB=2", "")]
    [TestCase("A=x # comment", "x")]
    [TestCase("A=x#y", "x#y")]
    [TestCase("A=#3b82f6", "#3b82f6")]
    [TestCase("A= # no comment", "# no comment")]
    [TestCase("A='x # y' # comment", "x # y")]
    [TestCase("A='$BOTH \\n'", "$BOTH \\n")]
    [TestCase("A='it\\'s'", "it's")]
    [TestCase("A=\"two\\nlines\\t\\\"q\\\" \\\\ \\q\"", "two\nlines\t\"q\" \\ \\q")]
    [TestCase("A=\"two\nlines\"", "two\nlines")]
    [TestCase("A='two\nlines'\nB=1", "two\nlines")]
    [TestCase("A=\"\\$BOTH\"", "$BOTH")]
    [TestCase("A=\"\\0101\"", "A")]
    [TestCase("A=$SHELL_ONLY", "shell")]
    [TestCase("A=\"<${SHELL_ONLY}>\"", "<shell>")]
    [TestCase("BOTH=from-file\nA=$BOTH", "from-shell")]
    [TestCase("B=2\nA=${B}3", "23")]
    [TestCase("A=${NONE:-d}", "d")]
    [TestCase("A=1\nA=2", "2")]
    [TestCase("A=1\r\nB=2\r\n", "1")]
    [TestCase("A=a=b", "a=b")]
    [TestCase("A=it's", "it's")]
    public void Values_follow_the_rules_of_compose(string text, string expected)
    {
        var (values, diagnostics) = Read(text);
        Assert.That(diagnostics, Is.Empty);
        Assert.That(values["A"], Is.EqualTo(expected));
    }

    [Test]
    public void A_name_without_a_value_takes_the_environments()
    {
        var (values, _) = Read("SHELL_ONLY\nNOWHERE\n");
        Assert.That(values, Is.EqualTo(new Dictionary<string, string> { ["SHELL_ONLY"] = "shell" }));
    }

    [TestCase("A=1\nB='x", "(2,3) The env file cannot be read from here on: the quote is not closed.")]
    [TestCase("A B=1", "(1,3) The env file cannot be read from here on: '=' was expected behind 'A'.")]
    [TestCase("A=1\n=x", "(2,1) The env file cannot be read from here on: a name was expected.")]
    [TestCase("A=x$NONE", "(1,4) The variable 'NONE' is not set; an empty text takes its place.")]
    public void Mistakes_are_found_at_their_place(string text, string finding)
    {
        var (_, diagnostics) = Read(text);
        Assert.That(diagnostics.Select(item => $"({item.Span.Line},{item.Span.Column}) {item.Message}"), Is.EqualTo(new[] { finding }));
    }

    private static (Dictionary<string, string> Values, IReadOnlyList<Diagnostic> Diagnostics) Read(string text)
    {
        var values = new Dictionary<string, string>();
        var diagnostics = new DiagnosticBag();
        EnvFile.Read("f", text, Environment, values, diagnostics);
        return (values, diagnostics.Items);
    }
}
