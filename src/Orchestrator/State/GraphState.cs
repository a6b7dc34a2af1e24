using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.State;

/// <summary>
/// What is remembered of a graph between runs: files in the user's cache directory, never in the repository. All of it may be missing, damaged or
/// unwritable at any time; that costs time, never truth, so reading and writing fail without a word.
/// </summary>
internal sealed class GraphState
{
    private const int NameLength = 32;

    private readonly string _directory;

    /// <param name="stateDirectory">The user's cache directory for this product.</param>
    /// <param name="graphFile">Absolute path of the graph file; graphs do not share anything.</param>
    public GraphState(string stateDirectory, string graphFile) =>
        _directory = Path.Join(stateDirectory, "graphs", NameFor(graphFile));

    /// <summary>A name of one length for what people named: it can be a file or a label, whatever slashes, length and case the text has.</summary>
    public static string NameFor(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..NameLength];

    /// <summary>Where something is, for programs that write it themselves.</summary>
    public string PathOf(string name) => Path.Join(_directory, name);

    /// <summary>Null when there is no such file, or it cannot be read.</summary>
    public byte[]? Read(string name)
    {
        var path = Path.Join(_directory, name);
        try
        {
            // An exception takes longer than the question, and the first one of a run much longer.
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Replaces a file as a whole: whoever reads meanwhile sees the old one or the new one.</summary>
    /// <returns>False when it cannot be written.</returns>
    public bool Write(string name, ReadOnlySpan<byte> content)
    {
        try
        {
            WholeFile.Write(Path.Join(_directory, name), content);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The names of the files in a folder, the newest first.</summary>
    public IReadOnlyList<string> Files(string folder)
    {
        try
        {
            var directory = new DirectoryInfo(Path.Join(_directory, folder));
            return directory.Exists ? [.. directory.EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc).Select(file => $"{folder}/{file.Name}")] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public void DeleteFolder(string name)
    {
        try
        {
            Directory.Delete(Path.Join(_directory, name), recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    public void Delete(string name) => WholeFile.Remove(Path.Join(_directory, name));
}
