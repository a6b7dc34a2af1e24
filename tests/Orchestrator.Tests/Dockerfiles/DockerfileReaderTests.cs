using System.Diagnostics;
using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;

namespace Orchestrator.Tests.Dockerfiles;

internal sealed class DockerfileReaderTests
{
    [Test]
    public void Rewriting_bases_keeps_every_other_character()
    {
        var document = Read("ARG V=1\nFROM --platform=linux/amd64 base:$V AS base\nRUN x\nFROM base\nFROM base\n");
        Assert.That(
            document.With(new Dictionary<TextRange, string> { [document.Stages[2].BaseRange] = "two", [document.Stages[0].BaseRange] = "one" }),
            Is.EqualTo("ARG V=1\nFROM --platform=linux/amd64 one AS base\nRUN x\nFROM base\nFROM two\n"));
    }

    [Test]
    public void Rewriting_a_base_that_is_torn_apart_keeps_line_numbers()
    {
        var document = Read("FROM al\\\n# comment\npine AS x\nRUN y\n");
        Assert.That(document.Stages[0].BaseName, Is.EqualTo("alpine"));
        var rewritten = document.With(new Dictionary<TextRange, string> { [document.Stages[0].BaseRange] = "other" });
        var reread = Read(rewritten);
        Assert.That(reread.Stages[0].BaseName, Is.EqualTo("other"));
        Assert.That(reread.Stages[0].Name, Is.EqualTo("x"));
        Assert.That(reread.Stages[0].Instructions[0].Span.Line, Is.EqualTo(4));
    }

    [Test]
    public void Layout_does_not_change_the_normalized_text()
    {
        var tidy = Read("FROM a\nRUN one   && two\n").Stages[0].Instructions[0].Normalized;
        var spread = Read("FROM a\n\n# why\n   RUN one \\\n# because\n\n  && two\n").Stages[0].Instructions[0].Normalized;
        Assert.That(spread, Is.EqualTo(tidy));
    }

    /// <summary>Engines 26.1.5 and 28.5.2 were seen to take each for the other.</summary>
    [TestCase("RUN a", "RUN  a")]
    [TestCase("RUN a", "run\ta  ")]
    [TestCase("RUN a", "RUN \\\n   a")]
    public void Blanks_around_arguments_do_not_change_the_normalized_text(string left, string right) =>
        Assert.That(Read("FROM a\n" + right).Stages[0].Instructions[0].Normalized, Is.EqualTo(Read("FROM a\n" + left).Stages[0].Instructions[0].Normalized));

    [TestCase("RUN a b", "RUN a  b")]
    [TestCase("RUN a b", "RUN a\tb")]
    [TestCase("RUN <<E\na\nE", "RUN <<E\na\n\nE")]
    [TestCase("RUN <<E\n# a\nE", "RUN <<E\nE")]
    [TestCase("COPY <<E /x\na\nE", "COPY <<E /x\na\r\nE")]
    public void Anything_inside_arguments_changes_the_normalized_text(string left, string right) =>
        Assert.That(Read("FROM a\n" + left).Stages[0].Instructions[0].Normalized, Is.Not.EqualTo(Read("FROM a\n" + right).Stages[0].Instructions[0].Normalized));

    [Test]
    public void Trigger_of_an_image_is_read()
    {
        var diagnostics = new DiagnosticBag();
        var trigger = DockerfileReader.ReadTrigger("COPY --from=x <<E a /b\nhello\nE", new SourceSpan("Dockerfile", 3, 6), diagnostics);
        Assert.That(diagnostics.Items, Is.Empty);
        Assert.That(trigger!.Keyword, Is.EqualTo("COPY"));
        Assert.That(trigger.Heredocs.Single().Content, Is.EqualTo("hello\n"));
        Assert.That(trigger.Span, Is.EqualTo(new SourceSpan("Dockerfile", 3, 6)));
    }

    [TestCase("https://example.com/a.tgz", "Http")]
    [TestCase("http://example.com/a", "Http")]
    [TestCase("https://example.com/a.git", "Git")]
    [TestCase("https://example.com/a.git#main:sub", "Git")]
    [TestCase("https://example.com/a.git?ref=main", "Git")]
    [TestCase("git://example.com/a", "Git")]
    [TestCase("ssh://git@example.com/a", "Git")]
    [TestCase("git@example.com:a/b", "Git")]
    [TestCase("github.com/a/b", "")]
    [TestCase("./git@x:y", "")]
    [TestCase("ftp://example.com/a", "")]
    [TestCase("a.git", "")]
    public void Remote_sources_are_told_from_paths(string source, string expected) =>
        Assert.That(RemoteUse.Classify(source)?.ToString() ?? "", Is.EqualTo(expected));

    [TestCase("FROM a\n", "x\n")]
    [TestCase("FROM a\n", "RUN \\\n")]
    [TestCase("FROM a\n", "RUN a b \\\n# c\n\n")]
    [TestCase("FROM a\n", "COPY <<A <<B /x\nA\nB\n")]
    [TestCase("FROM a\n", "COPY ${x^} /x\n")]
    [TestCase("FROM a\n", "RUN --mount=type=cache,target=/x true\n")]
    [TestCase("FROM a\nENV ", "a=b \\\n")]
    [TestCase("FROM a\nRUN <<E ", "\"\\b\" \\\n")]
    [TestCase("FROM a\nCOPY ", "some/file \\\n")]
    [TestCase("FROM a\nCOPY [\"x\"", ",\"é\" \\\n")]
    [TestCase("FROM a\nRUN ", "x")]
    public void Time_grows_with_the_size_and_not_with_its_square(string start, string repeated)
    {
        const int Size = 4_000_000;
        var text = new StringBuilder(start);
        while (text.Length < Size)
        {
            text.Append(repeated);
        }

        var diagnostics = new DiagnosticBag();
        var clock = Stopwatch.StartNew();
        var document = DockerfileReader.Read("Dockerfile", text.ToString(), diagnostics);
        if (document is not null)
        {
            StageResolver.Resolve(document, CaseInputs.Parse(), diagnostics);
        }

        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
    }

    private static DockerfileDocument Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        var document = DockerfileReader.Read("Dockerfile", text, diagnostics);
        Assert.That(diagnostics.HasErrors, Is.False);
        return document!;
    }
}
