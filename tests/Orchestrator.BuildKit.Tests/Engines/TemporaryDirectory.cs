namespace Orchestrator.BuildKit.Tests.Engines;

/// <summary>A directory that is gone after the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("orchestrator-buildkit-").FullName;

    public string Write(string path, string content = "")
    {
        var full = System.IO.Path.Join(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return full;
    }

    public string MakeDirectory(string path) => Directory.CreateDirectory(System.IO.Path.Join(Path, path)).FullName;

    public void Link(string path, string target)
    {
        var full = System.IO.Path.Join(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.CreateSymbolicLink(full, target);
    }

    /// <summary>Sets permissions; Windows has none of these.</summary>
    public void SetMode(string path, int mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(System.IO.Path.Join(Path, path), (UnixFileMode)mode);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
