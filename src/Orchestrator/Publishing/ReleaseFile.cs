using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.State;

namespace Orchestrator.Publishing;

/// <summary>A release manifest on disk.</summary>
internal static class ReleaseFile
{
    /// <summary>Replaces the file as a whole, so that nobody ever reads half of one.</summary>
    public static void Write(string path, ReleaseManifest manifest, DiagnosticBag diagnostics)
    {
        try
        {
            WholeFile.Write(path, Encoding.UTF8.GetBytes(manifest.ToJson()));
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
