using Orchestrator.Diagnostics;
using Orchestrator.Tool.Findings;

namespace Orchestrator.Tool.Tests.Findings;

/// <summary>What, where, why, what to do; and nothing twice.</summary>
internal sealed class DiagnosticTextTests
{
    private string _folder = null!;

    [SetUp]
    public void Open() => _folder = Directory.CreateTempSubdirectory("orchestrator-text-").FullName;

    [TearDown]
    public void Close() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_place_comes_between_the_sentence_and_the_last_lines()
    {
        var file = Write("Dockerfile", "FROM a\nRUN false\n");
        var diagnostic = Rules.StepFailed.At(new SourceSpan(file, 2, 1, 2), "api", "exit code: 1\n  | the last words");

        var lines = DiagnosticText.Lines(diagnostic, 80);

        Assert.That(lines, Is.EqualTo(new[] { $"{file}(2,1): error ORC3010: Building 'api' failed: exit code: 1", "  1 | FROM a", "> 2 | RUN false", "  | the last words", "  help: " + Rules.StepFailed.Help }));
    }

    /// <summary>A line of an env file may be a secret, and a log is read by many.</summary>
    [Test]
    public void No_line_of_an_env_file_is_shown()
    {
        var file = Write(".env", "TOKEN='secret\n");

        Assert.That(string.Concat(DiagnosticText.Lines(Rules.EnvFileMalformed.At(new SourceSpan(file, 1, 7), "a quote is not closed"), 80)), Does.Not.Contain("secret"));
    }

    [Test]
    public void A_file_that_is_gone_has_no_excerpt()
    {
        Assert.That(DiagnosticText.Lines(Rules.StepFailed.At(new SourceSpan(Path.Join(_folder, "gone"), 2, 1), "api", "x"), 80), Has.Count.EqualTo(2));
    }

    [Test]
    public void A_message_is_one_line()
    {
        Assert.That(DiagnosticText.Lines(Rules.EqualBuilds.At(new SourceSpan(Write("images.yml", "a: b"), 1, 1), "a", "b", "c"), 80), Has.Count.EqualTo(1));
    }

    [Test]
    public void Two_images_that_meet_a_failure_in_one_step_tell_it_once()
    {
        var told = new ToldFindings();
        var span = new SourceSpan("Dockerfile", 2, 1);

        Assert.That(told.Add(Rules.StepFailed.At(span, "dev", "x") with { Cause = "sha256:1" }), Is.True);
        Assert.That(told.Add(Rules.StepFailed.At(span, "prod", "x") with { Cause = "sha256:1" }), Is.False);
        Assert.That(told.Add(Rules.StepFailed.At(span, "prod", "x") with { Cause = "sha256:2" }), Is.True);
        Assert.That(told.Add(Rules.StepFailed.At(span, "prod", "x")), Is.True);
        Assert.That(told.Add(Rules.StepFailed.At(span, "prod", "x")), Is.False);
    }

    private string Write(string name, string content)
    {
        var file = Path.Join(_folder, name);
        File.WriteAllText(file, content);
        return file;
    }
}
