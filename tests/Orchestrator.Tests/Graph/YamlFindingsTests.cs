using System.Text;

namespace Orchestrator.Tests.Graph;

internal sealed class YamlFindingsTests : GraphFixture
{
    [TestCase("", "ORC1007(1,1) The graph file is empty.")]
    [TestCase("# only a comment\n", "ORC1007(1,1) The graph file is empty.")]
    [TestCase("---\n", "ORC1007(1,1) The graph file is empty.")]
    [TestCase("- api\n", "ORC1023(1,1) 'images.yml' must be a mapping, but this is a list.")]
    [TestCase("text\n", "ORC1023(1,1) 'images.yml' must be a mapping, but this is a text.")]
    [TestCase("images:\n\tapi: api\n", "ORC1005(2,1) YAML is indented with spaces, but here is a tab.")]
    [TestCase("images:\n  api:\n  \tcontext: api\n", "ORC1005(3,3) YAML is indented with spaces, but here is a tab.")]
    [TestCase("images:\n  api: 'api\n", "ORC1004(2,8) This is not valid YAML: While scanning a quoted scalar, found unexpected end of stream.")]
    [TestCase("images:\n  api: api\n bad: x\n", "ORC1004(3,2) This is not valid YAML: While parsing a block mapping, did not find expected key.")]
    [TestCase("images:\n  api: api\n---\nimages: {}\n", "ORC1006(3,1) A second YAML document starts here; a graph file is one document.")]
    [TestCase("images:\n  api: api\n  api: web\n", "ORC1008(3,3) The key 'api' is here for the second time; the first is at line 2.")]
    [TestCase("x-a: &a 1\nx-b: &a 2\nimages:\n  api: api\n", "ORC1009(2,6) The anchor '&a' is here for the second time; the first is at line 1.")]
    [TestCase("x-a: &base 1\nimages:\n  api: *bsae\n", "ORC1010(3,8) The alias '*bsae' names no anchor that was declared before it. Did you mean 'base'?")]
    [TestCase("x-a: &a [*a]\nimages:\n  api: api\n", "ORC1010(1,10) The alias '*a' names no anchor that was declared before it. It stands inside that anchor's own value.")]
    [TestCase("images:\n  api: api\n  <<: 5\n", "ORC1013(3,7) '<<' merges a mapping or a list of mappings, but this is a text.")]
    [TestCase("images:\n  api: api\n  [a, b]: x\n", "ORC1014(3,3) A key must be text, but this is a list.")]
    [TestCase("images:\n  api: !reset api\n", "ORC1015(2,8) The YAML tag '!reset' has no meaning in a graph file.")]
    [TestCase("images:\n  api: !!binary api\n", "ORC1015(2,8) The YAML tag 'tag:yaml.org,2002:binary' has no meaning in a graph file.")]
    [TestCase("images:\n  ? [a, b]\n  : api\n", "ORC1014(2,5) A key must be text, but this is a list.")]
    [TestCase("images: &a\n  api: *a\n", "ORC1010(2,8) The alias '*a' names no anchor that was declared before it. It stands inside that anchor's own value.")]
    [TestCase("images:\n  api: ${\n", "ORC1052(2,8) '${' is not a valid use of a variable: the closing brace is missing.")]
    [TestCase("images:\n  api: ''\n", "ORC1023(2,8) 'api' must be a context (a text) or a mapping, but this is an empty text.")]
    [TestCase("images:\n  api: { context: [api] }\n", "ORC1023(2,19) 'context' must be a text, but this is a list.")]
    [TestCase("x-a: \"a\\0b\"\nimages:\n  api: api\n", "ORC1016(1,6) A text cannot hold the character NUL.")]
    public void Each_mistake_has_one_finding_at_its_place(string yaml, string finding)
    {
        Write("api/Dockerfile");
        Assert.That(Findings(yaml), Is.EqualTo(new[] { finding }));
    }

    [Test]
    public void A_bomb_of_aliases_is_refused_before_anything_walks_it()
    {
        var yaml = new StringBuilder("x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 30; level++)
        {
            yaml.Append($"x-{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        }

        Assert.That(Findings(yaml.ToString()), Has.Count.EqualTo(1).And.All.StartsWith("ORC1011(5,"));
    }

    [TestCase("[")]
    [TestCase("{a: ")]
    public void Bottomless_nesting_is_refused(string open) =>
        Assert.That(Findings("x-a: " + string.Concat(Enumerable.Repeat(open, 20_000))), Has.Count.EqualTo(1).And.All.StartsWith("ORC1012(1,"));

    [Test]
    public void A_file_over_four_megabytes_is_refused()
    {
        var finding = Findings("# " + new string('x', 4 * 1024 * 1024));
        Assert.That(finding, Is.EqualTo(new[] { "ORC1002(1,1) The file has 4,194,306 bytes; a graph file may have at most 4,194,304." }));
    }

    [Test]
    public void A_file_of_just_under_four_megabytes_is_read()
    {
        Write("api/Dockerfile");
        Assert.That(Findings("# " + new string('x', 4_000_000) + "\nimages:\n  api: api\n"), Is.Empty);
    }

    [Test]
    public void What_is_not_utf8_is_found_at_its_place()
    {
        File.WriteAllBytes(GraphFile, [.. "images:\n  é: "u8, 0xE9, (byte)'\n']);
        var (_, diagnostics) = ReadFile(GraphFile);
        Assert.That(diagnostics.Select(item => $"{item.Code}({item.Span.Line},{item.Span.Column})"), Is.EqualTo(new[] { "ORC1003(2,6)" }));
    }

    [Test]
    public void A_byte_order_mark_and_windows_line_ends_are_accepted()
    {
        Write("api/Dockerfile");
        File.WriteAllText(GraphFile, "images:\r\n  api:\r\n    context: api\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var (graph, diagnostics) = ReadFile(GraphFile);
        Assert.That(diagnostics, Is.Empty);
        Assert.That(graph!.Images[0].Build.Context.Span.Column, Is.EqualTo(14));
    }

    [Test]
    public void A_missing_file_is_a_finding()
    {
        var (graph, diagnostics) = ReadFile(GraphFile);
        Assert.That(graph, Is.Null);
        Assert.That(diagnostics.Single().Code, Is.EqualTo("ORC1001"));
    }

    [Test]
    public void Anchors_aliases_and_merge_keys_are_resolved()
    {
        Write("api/Dockerfile");
        Write("web/Dockerfile");
        var graph = Valid("""
            x-python: &python
              args: { VERSION: "3.9", MODE: dev }
              pull: true
            x-quiet: &quiet
              args: { VERSION: never }
              no_cache: yes
            images:
              api:
                <<: [*python, *quiet]
                context: api
              web:
                <<: *python
                context: web
                args: { VERSION: "3.10" }
            """);
        Assert.That(graph.Images[0].Build.Arguments.Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(new[] { "VERSION=3.9", "MODE=dev" }));
        Assert.That(graph.Images[0].Build, Has.Property("Pull").True.And.Property("NoCache").True);
        Assert.That(graph.Images[1].Build.Arguments.Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(new[] { "VERSION=3.10" }));
    }
}
