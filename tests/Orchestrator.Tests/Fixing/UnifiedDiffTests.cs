using System.Diagnostics;
using Orchestrator.Fixing;

namespace Orchestrator.Tests.Fixing;

/// <summary>Diffs as people know them; git itself makes of the old file what the draft makes of it.</summary>
internal sealed class UnifiedDiffTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("diff-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Changes_are_shown_with_three_lines_around_them()
    {
        var draft = Draft("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n");
        draft.Add(new TextEdit(8, 9, "five"));
        draft.Add(new TextEdit(draft.Text.Length, draft.Text.Length, "15\n"));

        Assert.That(UnifiedDiff.Of(draft, "a/file"), Is.EqualTo(
            "--- a/a/file\n+++ b/a/file\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n@@ -12,3 +12,4 @@\n 12\n 13\n 14\n+15\n"));
    }

    [Test]
    public void A_new_file_comes_from_nothing() =>
        Assert.That(UnifiedDiff.Of(FileDraft.Create("/x/new", "a\n"), "new"), Is.EqualTo("--- /dev/null\n+++ b/new\n@@ -0,0 +1 @@\n+a\n"));

    [Test]
    public void An_edit_that_changes_nothing_is_no_change()
    {
        var draft = Draft("a\nb\n");
        draft.Add(new TextEdit(0, 1, "a"));

        Assert.That(UnifiedDiff.Of(draft, "f"), Is.EqualTo("--- a/f\n+++ b/f\n"));
    }

    [Test]
    public void A_byte_order_mark_stands_before_the_first_line_and_stays()
    {
        var first = Draft("\uFEFFa\nb\n");
        first.Add(new TextEdit(0, 1, "c"));
        var gone = Draft("\uFEFFa\nb\nc\n");
        gone.Add(new TextEdit(0, 2, ""));
        gone.Add(new TextEdit(2, 4, ""));

        Assert.That(UnifiedDiff.Of(first, "f"), Is.EqualTo("--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-\uFEFFa\n+\uFEFFc\n b\n"));
        Assert.That(UnifiedDiff.Of(gone, "f"), Is.EqualTo("--- a/f\n+++ b/f\n@@ -1,3 +1 @@\n-\uFEFFa\n-b\n-c\n+\uFEFFc\n"));
    }

    /// <summary>Edits at random places of files with all sorts of ends, with and without a byte order mark; seeds are what is random.</summary>
    [Test]
    public void Git_applies_what_is_shown([Range(1, 60)] int seed)
    {
        var random = new Random(seed);
        var lines = Enumerable.Range(0, random.Next(0, 40)).Select(_ => random.Next(5) == 0 ? "" : $"line {random.Next(4)}");
        var end = seed % 3 == 0 ? "\r\n" : "\n";
        var draft = Draft((seed % 4 < 2 ? "" : "\uFEFF") + string.Concat(lines.Select(line => line + end)) + (seed % 2 == 0 ? "tail" : ""));
        for (var (position, count) = (0, random.Next(1, 6)); count > 0 && position <= draft.Text.Length; count--)
        {
            var start = random.Next(position, draft.Text.Length + 1);
            var stop = Math.Min(draft.Text.Length, start + random.Next(0, 20));
            draft.Add(new TextEdit(start, stop, random.Next(4) switch { 0 => "", 1 => "x", 2 => "new\nlines\n", _ => "\nmore" }));
            position = stop + 1;
        }

        if (draft.Result == draft.Text)
        {
            return;
        }

        Apply(UnifiedDiff.Of(draft, "file"));

        Assert.That(File.Exists(draft.Path) ? File.ReadAllBytes(draft.Path) : [], Is.EqualTo(draft.ToBytes()));
    }

    private FileDraft Draft(string text)
    {
        var file = Path.Join(_folder, "file");
        File.WriteAllText(file, text);
        return FileDraft.Open(file);
    }

    private void Apply(string diff)
    {
        var patch = Path.Join(_folder, "patch");
        File.WriteAllText(patch, diff);
        var start = new ProcessStartInfo("git", ["apply", "--whitespace=nowarn", "--unidiff-zero", patch]) { WorkingDirectory = _folder, RedirectStandardError = true };
        start.Environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(_folder);
        using var git = Process.Start(start)!;
        var error = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.That(git.ExitCode, Is.Zero, $"{error}\n{diff}");
    }
}
