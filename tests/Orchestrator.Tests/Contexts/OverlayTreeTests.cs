using Orchestrator.BuildKit.FileSync;
using Orchestrator.Contexts;

namespace Orchestrator.Tests.Contexts;

internal sealed class OverlayTreeTests
{
    private string _root = "";

    [SetUp]
    public void Create() => _root = Directory.CreateTempSubdirectory("overlay-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_root, recursive: true);

    [Test]
    public void A_directory_stands_where_nothing_was()
    {
        Write("main/a.txt");
        Write("shared/one.py");
        Write("shared/deep/two.py");

        Assert.That(Walk(("shared", "shared")), Is.EqualTo(new[] { "a.txt=main/a.txt", "shared/", "shared/deep/", "shared/deep/two.py=shared/deep/two.py", "shared/one.py=shared/one.py" }));
    }

    [Test]
    public void A_directory_stands_instead_of_one()
    {
        Write("main/shared/old.py");
        Write("main/shared/one.py");
        Write("shared/one.py");

        Assert.That(Walk(("shared", "shared")), Is.EqualTo(new[] { "shared/", "shared/one.py=shared/one.py" }));
    }

    [Test]
    public void A_file_stands_instead_of_a_directory_and_a_directory_instead_of_a_file()
    {
        Write("main/x/inside");
        Write("main/y");
        Write("other/file");
        Write("other/folder/leaf");

        Assert.That(Walk(("x", "other/file"), ("y", "other/folder")), Is.EqualTo(new[] { "x=other/file", "y/", "y/leaf=other/folder/leaf" }));
    }

    [Test]
    public void Directories_that_lead_to_a_place_need_not_be_there()
    {
        Write("main/a.txt");
        Write("shared/one.py");

        Assert.That(Walk(("lib/vendor/shared", "shared")), Is.EqualTo(new[] { "a.txt=main/a.txt", "lib/", "lib/vendor/", "lib/vendor/shared/", "lib/vendor/shared/one.py=shared/one.py" }));
    }

    [Test]
    public void Directories_that_lead_to_a_place_keep_what_they_have()
    {
        Write("main/lib/own.py");
        Write("main/lib/vendor/own.py");
        Write("shared/one.py");

        Assert.That(Walk(("lib/vendor/shared", "shared")), Is.EqualTo(new[]
        {
            "lib/", "lib/own.py=main/lib/own.py", "lib/vendor/", "lib/vendor/own.py=main/lib/vendor/own.py", "lib/vendor/shared/", "lib/vendor/shared/one.py=shared/one.py",
        }));
    }

    [Test]
    public void One_place_lies_inside_another()
    {
        Write("shared/one.py");
        Write("shared/inner/old.py");
        Write("other/two.py");
        Directory.CreateDirectory(Path.Join(_root, "main"));

        Assert.That(Walk(("shared", "shared"), ("shared/inner", "other")), Is.EqualTo(new[] { "shared/", "shared/inner/", "shared/inner/two.py=other/two.py", "shared/one.py=shared/one.py" }));
    }

    [Test]
    public void One_place_lies_deep_inside_another()
    {
        Write("shared/one.py");
        Write("other/two.py");
        Directory.CreateDirectory(Path.Join(_root, "main"));

        Assert.That(Walk(("shared", "shared"), ("shared/not/there", "other")), Is.EqualTo(new[]
        {
            "shared/", "shared/not/", "shared/not/there/", "shared/not/there/two.py=other/two.py", "shared/one.py=shared/one.py",
        }));
    }

    /// <summary>Behind a link lies another directory, and what the link hides would be lost without a word.</summary>
    [Test]
    public void A_place_behind_a_link_or_a_file_is_an_error_that_names_both()
    {
        Write("main/real/x");
        Write("main/file");
        Write("shared/one.py");
        File.CreateSymbolicLink(Path.Join(_root, "main/lib"), "real");

        Assert.That(() => Walk(("lib/shared", "shared")), Throws.InstanceOf<SyncTreeException>().With.Message.Contains("lib/shared").And.Message.Contains("lib is no directory"));
        Assert.That(() => Walk(("file/shared", "shared")), Throws.InstanceOf<SyncTreeException>().With.Message.Contains("file/shared").And.Message.Contains("file is no directory"));
    }

    [Test]
    public void Links_stay_links()
    {
        Directory.CreateDirectory(Path.Join(_root, "main"));
        Write("shared/one.py");
        File.CreateSymbolicLink(Path.Join(_root, "shared/link"), "one.py");

        Assert.That(Walk(("lib", "shared")), Is.EqualTo(new[] { "lib/", "lib/link -> one.py", "lib/one.py=shared/one.py" }));
    }

    [Test]
    public void The_order_is_that_of_the_protocol()
    {
        Write("main/b");
        Write("main/a-b");
        Write("main/a.b");
        Write("shared/x");

        Assert.That(Walk(("a", "shared"), ("a!", "shared/x"), ("ü", "shared/x"), ("B", "shared/x")), Is.EqualTo(new[]
        {
            "B=shared/x", "a/", "a/x=shared/x", "a!=shared/x", "a-b=main/a-b", "a.b=main/a.b", "b=main/b", "ü=shared/x",
        }));
    }

    [Test]
    public void A_source_that_is_not_there_is_an_error_that_names_both()
    {
        Directory.CreateDirectory(Path.Join(_root, "main"));

        Assert.That(() => Walk(("lib", "nowhere")), Throws.InstanceOf<SyncTreeException>().With.Message.Contains("nowhere").And.Message.Contains("lib"));
    }

    /// <summary>Every entry in the order of the wire; files with what is read from them, which is their own path.</summary>
    private List<string> Walk(params (string Place, string Source)[] overlays)
    {
        var tree = new ContextSource(Path.Join(_root, "main"), [.. overlays.Select(overlay => KeyValuePair.Create(overlay.Place, Path.Join(_root, overlay.Source)))]).Open();
        return [.. new FilteredWalk(tree, SyncFilter.None).Entries().Select(entry => entry.IsDirectory ? entry.Path + "/" : entry.LinkTarget is { } target ? $"{entry.Path} -> {target}" : $"{entry.Path}={Read(tree, entry)}")];
    }

    private static string Read(ISyncTree tree, SyncEntry entry)
    {
        using var reader = new StreamReader(tree.OpenRead(entry));
        return reader.ReadToEnd();
    }

    private void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Join(_root, path))!);
        File.WriteAllText(Path.Join(_root, path), path);
    }
}
