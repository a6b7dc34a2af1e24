using System.Diagnostics;

namespace Orchestrator.Tool.Tests;

/// <summary>Where a user without a home keeps things.</summary>
[Platform("Linux")]
internal sealed class PrivateFolderTests
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private string _place = null!;

    [SetUp]
    public void Open() => _place = Directory.CreateTempSubdirectory("private-").FullName;

    [TearDown]
    public void Close() => Directory.Delete(_place, recursive: true);

    [Test]
    public void It_is_made_for_nobody_else_and_found_again()
    {
        var folder = PrivateFolder.Open(_place, "state");

        Assert.That(folder, Does.Match("/state-[0-9]+$"));
        Assert.That(Mode(folder!), Is.EqualTo(Own));
        Assert.That(PrivateFolder.Open(_place, "state"), Is.EqualTo(folder));
    }

    [Test]
    public void One_that_others_can_open_is_not_used()
    {
        Open(PrivateFolder.Open(_place, "state")!);

        Assert.That(PrivateFolder.Open(_place, "state"), Is.Null);
    }

    [Test]
    public void A_link_is_not_followed()
    {
        var folder = PrivateFolder.Open(_place, "state")!;
        Directory.Move(folder, folder + "-elsewhere");
        Directory.CreateSymbolicLink(folder, folder + "-elsewhere");

        Assert.That(PrivateFolder.Open(_place, "state"), Is.Null);
    }

    [Test]
    public void One_of_another_user_is_not_used()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("Only root can give a folder away.");
        }

        var folder = PrivateFolder.Open(_place, "state")!;
        using (var process = Process.Start("chown", ["12345", folder]))
        {
            process.WaitForExit();
        }

        Assert.That(PrivateFolder.Open(_place, "state"), Is.Null);
    }

    [TestCase("/cache", "/home/me", "/cache/orchestrator")]
    [TestCase("cache", "/home/me", "/home/me/.cache/orchestrator")]
    [TestCase("", "/home/me", "/home/me/.cache/orchestrator")]
    public void Only_an_absolute_path_is_a_cache_folder(string cache, string home, string folder) =>
        Assert.That(ToolEnvironment.StateFolder(new Dictionary<string, string> { ["XDG_CACHE_HOME"] = cache }, home), Is.EqualTo(folder));

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    private static void Open(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Own | UnixFileMode.OtherRead);
        }
    }
}
