using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Yaml;

/// <summary>Opens a file as text: bounded, strictly UTF-8, with or without a byte order mark.</summary>
internal static class YamlText
{
    public const int MaximumBytes = 4 * 1024 * 1024;

    /// <returns>Null when a diagnostic was added.</returns>
    public static string? Read(string file, DiagnosticBag diagnostics)
    {
        byte[] bytes;
        try
        {
            var length = new FileInfo(file).Length;
            if (length > MaximumBytes)
            {
                var format = CultureInfo.InvariantCulture;
                diagnostics.Add(Rules.GraphFileTooLarge.At(new SourceSpan(file, 1, 1), length.ToString("N0", format), MaximumBytes.ToString("N0", format)));
                return null;
            }

            bytes = File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Rules.GraphFileUnreadable.At(new SourceSpan(file), exception.Message));
            return null;
        }

        var content = bytes.AsSpan();
        if (content.StartsWith(Encoding.UTF8.Preamble))
        {
            content = content[Encoding.UTF8.Preamble.Length..];
        }

        var text = new char[content.Length];
        if (Utf8.ToUtf16(content, text, out var read, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            diagnostics.Add(Rules.GraphFileNotUtf8.At(PlaceAfter(file, text.AsSpan(0, written))));
            return null;
        }

        return new string(text, 0, written);
    }

    private static SourceSpan PlaceAfter(string file, ReadOnlySpan<char> text)
    {
        var line = text.Count('\n') + 1;
        var column = text.Length - text.LastIndexOf('\n');
        return new SourceSpan(file, line, column);
    }
}
