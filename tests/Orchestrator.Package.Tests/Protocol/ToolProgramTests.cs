using Orchestrator.Tasks;

namespace Orchestrator.Package.Tests.Protocol;

[Platform("Linux")]
internal sealed class ToolProgramTests
{
    private const string Host = "/usr/share/dotnet/dotnet";

    private DirectoryInfo _tools = null!;

    [SetUp]
    public void CreateFolders() => _tools = Directory.CreateTempSubdirectory();

    [TearDown]
    public void DeleteFolders() => _tools.Delete(recursive: true);

    [Test]
    public void Machine_code_is_started_as_it_is()
    {
        var own = Own(UnixFileMode.UserRead | UnixFileMode.UserExecute, "2.17");
        _ = Any();

        Assert.That(Started(own), Is.EqualTo((Path.Combine(own, "Orchestrator.Tool"), "")));
    }

    [Test]
    public void It_needs_no_dotnet()
    {
        var own = Own(UnixFileMode.UserRead | UnixFileMode.UserExecute, glibc: null);

        Assert.That(ToolProgram.Find(own, host: null)?.File, Is.EqualTo(Path.Combine(own, "Orchestrator.Tool")));
    }

    [TestCase(UnixFileMode.UserRead, "2.17", Description = "another user restored the package")]
    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserExecute, "99.0", Description = "the C library is older")]
    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserExecute, "", Description = "nobody knows what it needs")]
    public void Where_it_cannot_run_the_assemblies_do(UnixFileMode mode, string glibc)
    {
        var own = Own(mode, glibc);
        var any = Any();

        Assert.That(Started(own + Path.DirectorySeparatorChar), Is.EqualTo((Host, $"exec \"{Path.Combine(any, "Orchestrator.Tool.dll")}\"")));
        Assert.That(Started(any), Is.EqualTo((Host, $"exec \"{Path.Combine(any, "Orchestrator.Tool.dll")}\"")));
    }

    [Test]
    public void There_may_be_none()
    {
        var own = Own(UnixFileMode.UserRead, "2.17");
        Assert.That(ToolProgram.Find(own, Host), Is.Null);
        Assert.That(ToolProgram.WhyNone(own), Does.Contain("Orchestrator.Tool' cannot run here: this user may not execute it"));
        Assert.That(ToolProgram.WhyNone(_tools.FullName), Does.EndWith("Orchestrator.Tool.dll' does not exist"));

        _ = Any();
        Assert.That(ToolProgram.Find(own, host: null), Is.Null);
    }

    private static (string? File, string? Arguments) Started(string directory)
    {
        var program = ToolProgram.Find(directory, Host);
        return (program?.File, program?.Arguments);
    }

    private string Own(UnixFileMode mode, string? glibc)
    {
        var folder = _tools.CreateSubdirectory("linux-x64").FullName;
        var program = Path.Combine(folder, "Orchestrator.Tool");
        File.WriteAllText(program, "");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, mode);
        }

        if (glibc is not null)
        {
            File.WriteAllText(Path.Combine(folder, "glibc"), glibc + "\n");
        }

        return folder;
    }

    private string Any()
    {
        var folder = _tools.CreateSubdirectory("any").FullName;
        File.WriteAllText(Path.Combine(folder, "Orchestrator.Tool.dll"), "");
        return folder;
    }
}
