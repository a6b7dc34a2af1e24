using Orchestrator.Diagnostics;

namespace Orchestrator.Publishing;

/// <summary>A release manifest on disk.</summary>
internal static class ReleaseFile
{
    /// <summary>Replaces the file as a whole, so that nobody ever reads half of one.</summary>
    public static async Task WriteAsync(string path, ReleaseManifest manifest, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var part = $"{path}.{Environment.ProcessId}.part";
            await File.WriteAllTextAsync(part, manifest.ToJson(), cancellationToken).ConfigureAwait(false);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Rules.ReleaseManifestNotWritten.At(new SourceSpan(path), exception.Message.TrimEnd('.')));
        }
    }

    /// <returns>Null when it cannot be used; that was reported.</returns>
    public static async Task<ReleaseManifest?> ReadAsync(string path, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        try
        {
            return ReleaseManifest.Parse(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Rules.ReleaseManifestUnusable.At(new SourceSpan(path), exception.Message.TrimEnd('.')));
            return null;
        }
    }
}
