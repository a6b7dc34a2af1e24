using Orchestrator.Diagnostics;
using Orchestrator.Fixing;

namespace Orchestrator.Tests.Fixing;

/// <summary>Files are replaced as a whole or not at all, and stay what they were otherwise.</summary>
[Platform("Linux")]
internal sealed class FixWriterTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("writer-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Permissions_stay_and_links_stay_links()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead;
        var file = Create("file");
        SetMode(file, Mode);
        var link = Path.Join(_folder, "link");
        File.CreateSymbolicLink(link, "file");

        var diagnostics = Write(Draft(link));

        Assert.That(diagnostics, Is.Empty);
        Assert.That(File.ReadAllText(file), Is.EqualTo("new text\n"));
        Assert.That(new FileInfo(link).LinkTarget, Is.EqualTo("file"));
        Assert.That(OperatingSystem.IsWindows() ? Mode : File.GetUnixFileMode(file), Is.EqualTo(Mode));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(2));
    }

    [Test]
    public void When_one_cannot_be_prepared_none_is_changed()
    {
        var first = Create("first");
        var second = Draft(Create("second"));
        File.Delete(second.Path);
        Directory.CreateDirectory(second.Path);

        var diagnostics = Write(Draft(first), second);

        Assert.That(diagnostics, Has.Count.EqualTo(1));
        Assert.That(diagnostics[0].Span.File, Is.EqualTo(second.Path));
        Assert.That(diagnostics[0].Message, Does.EndWith($"Changed before it: none. Not changed: {first}, {second.Path}."));
        Assert.That(File.ReadAllText(first), Is.EqualTo("text\n"));
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo([first]));
    }

    [Test]
    public void What_came_there_in_between_is_not_overwritten_and_what_was_written_is_said()
    {
        var first = Create("first");
        var created = FileDraft.Create(Create("second"), "mine\n");

        var diagnostics = Write(Draft(first), created);

        Assert.That(diagnostics, Has.Count.EqualTo(1));
        Assert.That(diagnostics[0].Message, Does.EndWith($"Changed before it: {first}. Not changed: {created.Path}."));
        Assert.That(File.ReadAllText(created.Path), Is.EqualTo("text\n"));
        Assert.That(File.ReadAllText(first), Is.EqualTo("new text\n"));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(2));
    }

    private static IReadOnlyList<Diagnostic> Write(params FileDraft[] drafts)
    {
        var diagnostics = new DiagnosticBag();
        FixWriter.Write(drafts, diagnostics);
        return diagnostics.Items;
    }

    private string Create(string name)
    {
        var file = Path.Join(_folder, name);
        File.WriteAllText(file, "text\n");
        return file;
    }

    private static FileDraft Draft(string file)
    {
        var draft = FileDraft.Open(file);
        draft.Add(new TextEdit(0, 0, "new "));
        return draft;
    }

    private static void SetMode(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }
    }
}
