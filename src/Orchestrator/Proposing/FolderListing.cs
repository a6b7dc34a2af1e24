namespace Orchestrator.Proposing;

/// <summary>What is in a folder now. One that cannot be listed, or that somebody deletes meanwhile, has nothing in it: other programs work in a repository too.</summary>
internal static class FolderListing
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };
    private static readonly EnumerationOptions WithoutLinks = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <summary>Absolute paths of files that are no links.</summary>
    public static string[] Files(string folder) => List(() => Directory.GetFiles(folder, "*", WithoutLinks));

    /// <summary>Absolute paths of folders that are no links.</summary>
    public static string[] Folders(string folder) => List(() => Directory.GetDirectories(folder, "*", WithoutLinks));

    /// <summary>The names of all that is there.</summary>
    public static IEnumerable<string> Names(string folder) => List(() => Directory.GetFileSystemEntries(folder, "*", All)).Select(entry => Path.GetFileName(entry));

    private static string[] List(Func<string[]> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
