using Orchestrator.Graph.ImageTests;

namespace Orchestrator.Tests.Graph;

/// <summary><c>test:</c> of images, targets and the defaults.</summary>
internal sealed class ImageTestReadingTests : GraphFixture
{
    [Test]
    public void A_text_is_a_line_for_the_shell()
    {
        var test = Image("test: [ poetry --version ]").Tests.Single();

        Assert.That(test.Name, Is.EqualTo("poetry --version"));
        Assert.That((test.Span.Line, test.Span.Column), Is.EqualTo((4, 13)));
        Assert.That(test.Command, Is.EqualTo(new TestedCommand { Line = "poetry --version", Arguments = test.Command!.Arguments, StandardOutput = test.Command.StandardOutput, StandardError = test.Command.StandardError, Output = test.Command.Output, Environment = test.Command.Environment }));
        Assert.That((test.Command.ExitCode, test.Command.Timeout, test.Command.Network), Is.EqualTo((0, TimeSpan.FromSeconds(60), "none")));
    }

    [Test]
    public void Every_key_arrives()
    {
        Environment["TOKEN"] = "from outside";
        var test = Image("""
            test:
              - name: everything
                run: [python, -c, import psycopg2]
                exit_code: 3
                stdout: [a, /b/]
                stderr: ""
                output: c
                user: "7:8"
                working_dir: /app
                environment: { A: 1, TOKEN: , NOWHERE: }
                network: default
                timeout: 1m30.5s
                max_size: 150MB
                files:
                  /app/main.py:
                  /root/.cache: absent
                  /entrypoint.sh: { type: file, mode: 0755, owner: "0:0", content: [exec, /^set/] }
            """).Tests.Single();

        var command = test.Command!;
        Assert.That((test.Name, command.Line, command.ExitCode, command.User, command.WorkingDirectory, command.Network), Is.EqualTo(("everything", (string?)null, 3, "7:8", "/app", "default")));
        Assert.That(command.Arguments, Is.EqualTo(new[] { "python", "-c", "import psycopg2" }));
        Assert.That(command.StandardOutput.Select(text => text.Written), Is.EqualTo(new[] { "a", "/b/" }));
        Assert.That((command.StandardError.Single().Written, command.Output.Single().Written), Is.EqualTo(("", "c")));
        Assert.That(command.Environment, Is.EqualTo(new[] { "A=1", "TOKEN=from outside" }));
        Assert.That(command.Timeout, Is.EqualTo(TimeSpan.FromSeconds(90.5)));
        Assert.That(test.MaximumSize!.Value, Is.EqualTo(150 * 1024 * 1024));
        Assert.That(test.Files.Select(file => (file.Path, file.IsAbsent, file.Type, file.Mode, file.UserId, file.GroupId, file.Content.Count)), Is.EqualTo(new (string, bool, ExpectedFileType?, int?, int?, int?, int)[]
        {
            ("/app/main.py", false, null, null, null, null, 0), ("/root/.cache", true, null, null, null, null, 0), ("/entrypoint.sh", false, ExpectedFileType.File, 0x1ED, 0, 0, 2),
        }));
    }

    [Test]
    public void A_target_has_its_own_tests_besides_those_of_its_image_and_of_the_defaults()
    {
        Write("api/Dockerfile", "FROM scratch AS dev\nFROM scratch AS prod\n");
        var graph = Valid("defaults: { test: [ a ] }\nimages:\n  api:\n    context: api\n    test: [ b ]\n    targets:\n      dev:\n      prod: { test: [ c ] }\n");

        Assert.That(graph.Images.Select(image => string.Join(' ', image.Tests.Select(test => test.Name))), Is.EqualTo(new[] { "a b", "a b c" }));
    }

    [Test]
    public void Equal_builds_have_the_tests_of_both_and_those_of_the_defaults_once()
    {
        Write("api/Dockerfile");
        var (graph, _) = Read("defaults: { test: [ a ] }\nimages:\n  one: { context: api, test: [ b ] }\n  two: { context: api, test: [ b ] }\n");

        Assert.That(graph!.Images.Single().Tests.Select(test => test.Name), Is.EqualTo(new[] { "a", "b", "b" }));
    }

    [TestCase("- { entrypoint: true }", "the image's own command")]
    [TestCase("- { entrypoint: true, run: [a, b] }", "a b")]
    [TestCase("- files: [/a, /b, /c]", "/a and 2 more")]
    [TestCase("- max_size: 5m", "max_size")]
    [TestCase("- |\n  set -e\n  true", "set -e…")]
    public void What_has_no_name_is_called_by_what_it_does(string entry, string name) => Assert.That(Image($"test:\n{entry}").Tests.Single().Name, Is.EqualTo(name));

    [TestCase("test: poetry", "ORC1023(4,11) 'test' must be a list, but this is a text.")]
    [TestCase("test: [5, [x]]", "ORC1023(4,15) 'test' must be a list of commands or mappings, but this is a list.")]
    [TestCase("test: [{ rnu: x }]", "ORC1020(4,14) 'rnu' is not a key of a test. Did you mean 'run'?")]
    [TestCase("test: [{ name: x }]", "ORC1026(4,12) A test needs 'run'.")]
    [TestCase("test: [{ stdout: x, max_size: 5m }]", "ORC1026(4,14) 'stdout' needs 'run'.")]
    [TestCase("test: [{ run: [] }]", "ORC1024(4,19) '[]' is not valid for 'run': it names no program.")]
    [TestCase("test: [{ run: a b, entrypoint: true }]", "ORC1024(4,19) 'a b' is not valid for 'run': behind the entry point there is no shell to split it, so write a list.")]
    [TestCase("test: [{ run: x, exit_code: 256 }]", "ORC1024(4,33) '256' is not valid for 'exit_code': write a number from 0 to 255.")]
    [TestCase("test: [{ run: x, stdout: /(/ }]", "ORC1024(4,30) '/(/' is not valid for 'stdout': Invalid pattern '(' at offset 1. Not enough )'s.")]
    [TestCase("test: [{ run: x, timeout: 60 }]", "ORC1024(4,31) '60' is not valid for 'timeout': write a time such as 90s, 1m30s or 500ms, of at most 24h.")]
    [TestCase("test: [{ run: x, timeout: 25h }]", "ORC1024(4,31) '25h' is not valid for 'timeout': write a time such as 90s, 1m30s or 500ms, of at most 24h.")]
    [TestCase("test: [{ run: x, working_dir: app }]", "ORC1024(4,35) 'app' is not valid for 'working_dir': write an absolute path of the container.")]
    [TestCase("test: [{ max_size: big }]", "ORC1024(4,24) 'big' is not valid for 'max_size': write a number of bytes, or a size such as 64m or 2gb.")]
    [TestCase("test: [{ files: [app] }]", "ORC1024(4,22) 'app' is not valid for 'files': write an absolute path of the container.")]
    [TestCase("test: [{ files: [] }]", "ORC1024(4,14) '' is not valid for 'files': it names no file.")]
    [TestCase("test: [{ files: { /a: missing } }]", "ORC1024(4,27) 'missing' is not valid for '/a': write exists, absent, or a mapping.")]
    [TestCase("test: [{ files: { /a: { mode: rw } } }]", "ORC1024(4,35) 'rw' is not valid for 'mode': write permissions in octal digits, such as 0644.")]
    [TestCase("test: [{ files: { /a: { owner: root } } }]", "ORC1024(4,36) 'root' is not valid for 'owner': write numbers, uid or uid:gid; names are known in the image only.")]
    [TestCase("test: [{ files: { /a: { type: dir } } }]", "ORC1024(4,35) 'dir' is not valid for 'type': write file, directory or link.")]
    [TestCase("test: [{ files: { /a: { contents: x } } }]", "ORC1020(4,29) 'contents' is not a key of a file of a test. Did you mean 'content'?")]
    [TestCase("targets: { a: { test: x } }", "ORC1023(4,27) 'test' must be a list, but this is a text.")]
    public void Each_mistake_has_its_findings(string lines, params string[] findings) => Assert.That(FindingsOfImage(lines), Is.EqualTo(findings));

    [TestCase("x", "axb", true)]
    [TestCase("x", "X", false)]
    [TestCase("/^b$/", "a\nb\nc", true)]
    [TestCase("/\\Ab/", "a\nb", false)]
    [TestCase("//", "a//b", true)]
    [TestCase("", "", true)]
    [TestCase("", "a", false)]
    public void A_text_is_contained_or_matches_or_nothing_is(string written, string text, bool isMet) => Assert.That(new ExpectedText(written).IsMetBy(text), Is.EqualTo(isMet));
}
