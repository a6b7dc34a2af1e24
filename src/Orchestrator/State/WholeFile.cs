namespace Orchestrator.State;

/// <summary>Replaces files as a whole: whoever reads meanwhile sees the old one or the new one, and a failure leaves the old one and nothing beside it.</summary>
internal static class WholeFile
{
    /// <param name="path">Absolute. Missing folders on the way are made.</param>
    /// <param name="content">All that the file is to hold.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var file = File.Create(part))
            {
                file.Write(content);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Remove(part);
            throw;
        }
    }

    /// <summary>Removes a file; where that is not possible it stays.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
