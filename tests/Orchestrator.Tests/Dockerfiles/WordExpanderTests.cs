using Orchestrator.Dockerfiles;

namespace Orchestrator.Tests.Dockerfiles;

internal sealed class WordExpanderTests
{
    private static readonly Dictionary<string, string> Variables = new()
    {
        ["a"] = "foo",
        ["empty"] = "",
        ["path"] = "foo/bar/baz.tar.gz",
        ["spaced"] = "x  y",
        ["_u1"] = "under",
        ["star"] = "a*c",
        ["dollar"] = "$0",
    };

    [TestCase("plain", "plain")]
    [TestCase("$a", "foo")]
    [TestCase("${a}", "foo")]
    [TestCase("$a$a", "foofoo")]
    [TestCase("$ab", "")]
    [TestCase("${a}b", "foob")]
    [TestCase("$a.x", "foo.x")]
    [TestCase("$_u1-", "under-")]
    [TestCase("$none", "")]
    [TestCase("$", "$")]
    [TestCase("a$", "a$")]
    [TestCase("$.", "$.")]
    [TestCase("$1x", "x")]
    [TestCase("$$a", "a")]
    [TestCase("'$a'", "$a")]
    [TestCase("\"$a\"", "foo")]
    [TestCase("\"'$a'\"", "'foo'")]
    [TestCase("\\$a", "$a")]
    [TestCase("\"\\$a\"", "$a")]
    [TestCase("\"\\x\"", "\\x")]
    [TestCase("\"\\\"\"", "\"")]
    [TestCase("\\x", "x")]
    [TestCase("x\\", "x")]
    [TestCase("'a'\"b\"c", "abc")]
    [TestCase("$spaced", "x  y")]
    [TestCase("a  b", "a  b")]
    [TestCase("<<$a", "<<foo")]
    [TestCase("${a:-x}", "foo")]
    [TestCase("${empty:-x}", "x")]
    [TestCase("${none:-x}", "x")]
    [TestCase("${empty-x}", "")]
    [TestCase("${none-x}", "x")]
    [TestCase("${a:+x}", "x")]
    [TestCase("${empty:+x}", "")]
    [TestCase("${empty+x}", "x")]
    [TestCase("${none+x}", "")]
    [TestCase("${a:?x}", "foo")]
    [TestCase("${empty?x}", "")]
    [TestCase("${none:-$a}", "foo")]
    [TestCase("${none:-${empty:-${a}}}", "foo")]
    [TestCase("${none:-'a b'}", "a b")]
    [TestCase("${none:-\\}}", "}")]
    [TestCase("${path#*/}", "bar/baz.tar.gz")]
    [TestCase("${path##*/}", "baz.tar.gz")]
    [TestCase("${path%.*}", "foo/bar/baz.tar")]
    [TestCase("${path%%.*}", "foo/bar/baz")]
    [TestCase("${path#foo}", "/bar/baz.tar.gz")]
    [TestCase("${path#bar}", "foo/bar/baz.tar.gz")]
    [TestCase("${path#fo?}", "/bar/baz.tar.gz")]
    [TestCase("${path%.??}", "foo/bar/baz.tar")]
    [TestCase("${star#a\\*}", "c")]
    [TestCase("${star%\\*c}", "a")]
    [TestCase("${none#x}", "")]
    [TestCase("${path/o/0}", "f0o/bar/baz.tar.gz")]
    [TestCase("${path//o/0}", "f00/bar/baz.tar.gz")]
    [TestCase("${path/\\//_}", "foo_bar/baz.tar.gz")]
    [TestCase("${path//\\//_}", "foo_bar_baz.tar.gz")]
    [TestCase("${path//ba?/x}", "foo/x/x.tar.gz")]
    [TestCase("${path/o*/x}", "fx")]
    [TestCase("${path/none/x}", "foo/bar/baz.tar.gz")]
    [TestCase("${path//./}", "foo/bar/baztargz")]
    [TestCase("${path/$a/x}", "x/bar/baz.tar.gz")]
    public void Text_expands_as_in_BuildKit(string text, string expected)
    {
        var expansion = Expand(text);
        Assert.That(expansion.Error, Is.Null);
        Assert.That(expansion.Text, Is.EqualTo(expected));
    }

    [TestCase("${", "the closing '}' is missing")]
    [TestCase("${a", "the closing '}' is missing")]
    [TestCase("${a:", "the closing '}' is missing")]
    [TestCase("${a:-x", "the closing '}' is missing")]
    [TestCase("${}", "'${' must be followed by the name of a variable")]
    [TestCase("${:-x}", "'${' must be followed by the name of a variable")]
    [TestCase("${a:x}", "the modifier ':x' is not supported; use one of :- :+ :? - + ? # ## % %% / //")]
    [TestCase("${a^^}", "the modifier '^' is not supported; use one of :- :+ :? - + ? # ## % %% / //")]
    [TestCase("${a:#x}", "the modifier ':#' is not supported; use one of :- :+ :? - + ? # ## % %% / //")]
    [TestCase("${none:?give me}", "none: give me")]
    [TestCase("${none?}", "none must be set")]
    [TestCase("${empty:?}", "empty must be set and not empty")]
    [TestCase("${a/x}", "the closing '/' is missing")]
    [TestCase("${a/x/", "the closing '}' is missing")]
    [TestCase("${path#\\x}", "the pattern '\\x' escapes a character other than * ? \\")]
    [TestCase("'a", "the closing single quote is missing")]
    [TestCase("\"a", "the closing double quote is missing")]
    public void Wrong_text_is_explained(string text, string expected) => Assert.That(Expand(text).Error?.Message, Is.EqualTo(expected));

    [Test]
    public void Other_escape_token_leaves_backslashes_alone() =>
        Assert.That(WordExpander.Expand(@"c:\x`$a\$a", '`', Variables.GetValueOrDefault).Text, Is.EqualTo(@"c:\x$a\foo"));

    [Test]
    public void Replacement_that_BuildKit_would_read_as_a_template_is_not_certain()
    {
        Assert.That(Expand("${path//o/$dollar}").IsCertain, Is.False);
        Assert.That(Expand("${path/o/$dollar}").IsCertain, Is.True);
    }

    [Test]
    public void Deep_nesting_is_refused_and_does_not_exhaust_the_stack()
    {
        var text = string.Concat(Enumerable.Repeat("${x:-", 20_000)) + new string('}', 20_000);
        Assert.That(Expand(text).Error?.Message, Is.EqualTo("substitutions are nested too deeply"));
    }

    private static Expansion Expand(string text) => WordExpander.Expand(text, '\\', Variables.GetValueOrDefault);
}
