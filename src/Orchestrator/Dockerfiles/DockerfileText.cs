using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>
/// Turns the bytes of a Dockerfile into text. Only UTF-8: another encoding could only be decoded with losses, and then two different files would
/// have one cache key.
/// </summary>
internal static class DockerfileText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string? Decode(string path, ReadOnlySpan<byte> bytes, DiagnosticBag diagnostics)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException failure)
        {
            var before = bytes[..Math.Clamp(failure.Index, 0, bytes.Length)];
            var line = before.Count((byte)'\n') + 1;
            var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
            diagnostics.Add(Rules.NotUtf8.At(new SourceSpan(path, line, column)));
            return null;
        }
    }
}
