using Orchestrator.Diagnostics;
using Orchestrator.Planning;

namespace Orchestrator.Tests.Planning;

internal sealed class IgnoreFileReaderTests
{
    private string _root = null!;

    private string File => Path.Join(_root, "context/.dockerignore");

    [SetUp]
    public void Open()
    {
        _root = Directory.CreateTempSubdirectory("ignore-").FullName;
        Directory.CreateDirectory(Path.Join(_root, "context/sub"));
        System.IO.File.WriteAllText(Path.Join(_root, "context/sub/patterns"), "inside");
        System.IO.File.WriteAllText(Path.Join(_root, "patterns"), "outside");
        Directory.CreateSymbolicLink(Path.Join(_root, "context/folder"), "sub");
    }

    [TearDown]
    public void Close() => Directory.Delete(_root, recursive: true);

    [TestCase("sub/patterns")]
    [TestCase("./sub/../sub//patterns")]
    [TestCase("/sub/patterns", Description = "the root is the context's")]
    [TestCase("../sub/patterns", Description = "nothing is above the root")]
    [TestCase("folder/patterns")]
    public void Links_are_followed_within_the_folder(string target)
    {
        System.IO.File.CreateSymbolicLink(File, target);

        Assert.That(IgnoreFileReader.Read(File), Is.EqualTo("inside"));
        Assert.That(Findings(), Is.Empty);
    }

    [TestCase("../patterns")]
    [TestCase("nothing")]
    [TestCase("sub")]
    [TestCase(".dockerignore")]
    public void What_is_elsewhere_ignores_nothing_and_is_told(string target)
    {
        System.IO.File.CreateSymbolicLink(File, target);

        Assert.That(IgnoreFileReader.Read(File), Is.Null);
        Assert.That(Findings(), Is.EqualTo([$"{File}: warning ORC2058: The ignore file is a link to '{target}', which the builder does not find within the folder of the link: it ignores nothing."]));
    }

    [Test]
    public void A_file_on_the_machine_is_not_taken_for_one_of_the_folder()
    {
        System.IO.File.CreateSymbolicLink(File, Path.Join(_root, "patterns"));

        Assert.That(IgnoreFileReader.Read(File), Is.Null);
    }

    [Test]
    public void Where_there_is_none_nothing_is_told()
    {
        Assert.That(IgnoreFileReader.Read(File), Is.Null);
        Assert.That(Findings(), Is.Empty);
    }

    private List<string> Findings()
    {
        var diagnostics = new DiagnosticBag();
        IgnoreFileReader.Check(File, diagnostics);
        return [.. diagnostics.Items.Select(item => item.ToString())];
    }
}
