using System.Collections;
using Orchestrator.Tasks;

namespace Orchestrator.Package.Tests.Protocol;

internal sealed class DotNetHostTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory();

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [Test]
    public void The_one_that_runs_this_build_comes_first() =>
        Assert.That(DotNetHost.Find(Host("given"), Environment(("DOTNET_HOST_PATH", Host("env")))), Is.EqualTo(Host("given")));

    [Test]
    public void Then_the_environments() =>
        Assert.That(DotNetHost.Find("", Environment(("DOTNET_HOST_PATH", Host("env")), ("PATH", Folder("path")))), Is.EqualTo(Host("env")));

    [Test]
    public void Then_the_path_then_the_root()
    {
        var path = string.Join(Path.PathSeparator, "", Folder("empty"), Folder("path"));
        _ = Host("path");

        Assert.Multiple(() =>
        {
            Assert.That(DotNetHost.Find(null, Environment(("PATH", path), ("DOTNET_ROOT", Folder("root")))), Is.EqualTo(Host("path")));
            Assert.That(DotNetHost.Find(null, Environment(("PATH", Folder("empty")), ("DOTNET_ROOT", Path.GetDirectoryName(Host("root"))!))), Is.EqualTo(Host("root")));
        });
    }

    [Test]
    public void There_may_be_none() =>
        Assert.That(DotNetHost.Find(Path.Combine(Folder("none"), "dotnet"), Environment()), Is.Null);

    [Test]
    public void Windows_calls_the_path_Path()
    {
        var table = new Hashtable { ["Path"] = string.Join(Path.PathSeparator, "a\0b", Path.GetDirectoryName(Host("path"))) };

        Assert.That(DotNetHost.Find("", DotNetHost.Reader(table, ignoresCase: true)), Is.EqualTo(Host("path")));
        Assert.That(DotNetHost.Find("", DotNetHost.Reader(table, ignoresCase: false)), Is.Null);
    }

    private static Func<string, string?> Environment(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;

    private string Folder(string name) => _folder.CreateSubdirectory(name).FullName;

    private string Host(string name)
    {
        var file = Path.Combine(Folder(name), DotNetHost.FileName);
        File.WriteAllText(file, "");
        return file;
    }
}
