using System.Formats.Tar;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// Tells empty files from pipes, sockets and devices. .NET's file API has no word for these; its tar writer has to know, and neither opens nor reads
/// them. Asked for empty ones only, since that is what they look like.
/// </summary>
internal static class SpecialFile
{
    private const int TypeOffset = 156;

    /// <summary>A type bit of <see cref="GoFileMode"/>, or 0 for a regular file.</summary>
    public static uint Kind(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return 0;
        }

        var archive = new MemoryStream();
        try
        {
            using var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true);
            writer.WriteEntry(path, "x");
        }
        catch (IOException)
        {
            // The one kind that has no place in a tar archive.
            return File.Exists(path) ? GoFileMode.Socket : 0;
        }
        catch (UnauthorizedAccessException)
        {
            // Only regular files are opened; sending this one will say that it cannot be read.
            return 0;
        }

        return (TarEntryType)archive.GetBuffer()[TypeOffset] switch
        {
            TarEntryType.Fifo => GoFileMode.NamedPipe,
            TarEntryType.CharacterDevice or TarEntryType.BlockDevice => GoFileMode.Device,
            _ => 0,
        };
    }
}
