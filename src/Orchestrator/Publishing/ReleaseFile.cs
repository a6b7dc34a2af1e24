using System.Text;
using System.Text.Json;
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
        var text = "";
        try
        {
            text = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
            return ReleaseManifest.Parse(text);
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Rules.ReleaseManifestUnusable.At(Place(path, text, exception.InnerException as JsonException), exception.Message.TrimEnd('.')));
            return null;
        }
    }

    /// <summary>Lines and columns of an editor: from one on, and characters instead of bytes.</summary>
    private static SourceSpan Place(string path, string text, JsonException? fault)
    {
        if (fault?.LineNumber is not { } line || fault.BytePositionInLine is not { } bytes)
        {
            return new SourceSpan(path);
        }

        var before = Encoding.UTF8.GetBytes(text.Split('\n').ElementAtOrDefault((int)line) ?? "");
        return new SourceSpan(path, (int)line + 1, Encoding.UTF8.GetCharCount(before, 0, (int)Math.Min(bytes, before.Length)) + 1);
    }
}
